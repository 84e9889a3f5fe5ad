//! A request as it is written, to be looked at.

use it_access_api::operations::DEVICE_ACTION;

use crate::{DeviceAction, Error, Targets, wire::WireRequest};

/// A request as it is sent, but for its token: to be looked at before it is, or in its place.
///
/// ```
/// use it_access::{DEFAULT_BASE_URL, DeviceAction, Preview, Targets};
///
/// let targets = Targets::hwids(["device123"])?;
/// let preview = Preview::new(DEFAULT_BASE_URL, &DeviceAction::Unexempt, &targets)?;
/// assert_eq!(preview.method, "POST");
/// assert_eq!(preview.body, r#"{"ids":["device123"],"types":"unexempt"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preview {
    /// Its HTTP method.
    pub method: &'static str,
    /// Its URL, with `[hidden]` in the token's place.
    pub url: String,
    /// Its body: JSON.
    pub body: String,
}

impl Preview {
    /// Writes the request that applies one action to all targets at this service. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the request cannot be written; then it could not be sent either.
    pub fn new(base_url: &str, action: &DeviceAction, targets: &Targets) -> Result<Self, Error> {
        let request =
            WireRequest::new(action, targets).map_err(|error| Error::invalid(base_url, error))?;
        let body = request.to_json().map_err(|error| Error::invalid(base_url, error))?;
        let base_url = base_url.trim_end_matches('/');
        let url = format!("{base_url}{}?access_token=[hidden]", DEVICE_ACTION.path);
        Ok(Self { method: DEVICE_ACTION.method, url, body })
    }
}
