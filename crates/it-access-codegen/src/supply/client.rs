//! How a client is made, and its hooks: safe HTTP settings, and credentials at the moment of sending.

use proc_macro2::TokenStream;
use quote::quote;

use super::Operation;

pub(super) fn client(operations: &[Operation<'_>]) -> TokenStream {
    let methods = operations.iter().map(|operation| operation.method_name());
    let constants = operations.iter().map(|operation| operation.constant());
    quote! {
        impl Client {
            /// Makes a client of the service at `base_url`, with these credentials.
            ///
            /// Waits 10 s for a connection, and 60 s for a whole answer.
            ///
            /// # Errors
            ///
            /// If the base URL is not one that credentials may be sent to (https, or plain http to this machine), or
            /// the HTTP client cannot be built.
            pub fn new(
                base_url: &str,
                credentials: Credentials,
            ) -> ::std::result::Result<Self, SetupError> {
                let settings = ::it_access_runtime::Http::settings();
                Self::new_with_builder(base_url, credentials, settings)
            }

            /// Makes a client with HTTP settings of the caller's: timeouts, proxy, certificates.
            ///
            /// Redirects, referrers, retries and the verbose log are off whatever the settings say.
            ///
            /// # Errors
            ///
            /// As [`Client::new`].
            pub fn new_with_builder(
                base_url: &str,
                credentials: Credentials,
                settings: ::reqwest::ClientBuilder,
            ) -> ::std::result::Result<Self, SetupError> {
                let http = ::it_access_runtime::Http::new::<Credentials>(base_url, settings)?;
                Ok(Self::new_with_client(http.base_url, http.client, credentials))
            }

            /// The same client, with the same connections, and other credentials.
            #[must_use]
            pub fn with_credentials(&self, credentials: Credentials) -> Self {
                Self::new_with_client(self.baseurl.clone(), self.client.clone(), credentials)
            }
        }

        impl ClientHooks<Credentials> for Client {
            async fn pre<E>(
                &self,
                request: &mut ::reqwest::Request,
                info: &OperationInfo,
            ) -> ::std::result::Result<(), Error<E>> {
                let operation = match info.operation_id {
                    #(#methods => &operations::#constants,)*
                    _ => return Ok(()),
                };
                ::it_access_runtime::authorize(operation, &self.baseurl, &self.inner, request)
                    .map_err(|error| Error::InvalidRequest(error.to_string()))
            }

            async fn exec(
                &self,
                request: ::reqwest::Request,
                _: &OperationInfo,
            ) -> ::reqwest::Result<::reqwest::Response> {
                ::it_access_runtime::send(&self.client, request, &self.inner).await
            }
        }
    }
}
