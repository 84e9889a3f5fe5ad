//! The routes, and the order in which a request is checked: path, method, token, content type,
//! body.

use std::sync::Arc;

use axum::body::{Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use axum::{Json, Router};

use crate::account::{Account, Results};
use crate::refusal::Refusal;
use crate::request::ActionRequest;

const DEVICE_ACTION: &str = "/o/api/v3/devices/action";

/// 16 MiB: about 350,000 HWIDs of the usual length.
const MAX_BODY_BYTES: usize = 16 << 20;

pub(crate) fn router(account: Arc<Account>) -> Router {
    Router::new()
        .route(DEVICE_ACTION, post(device_action))
        .method_not_allowed_fallback(async || Refusal::MethodNotAllowed)
        .fallback(async || Refusal::NotFound)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(account)
}

async fn device_action(
    State(account): State<Arc<Account>>,
    request: Request,
) -> Result<Json<Results>, Refusal> {
    account.token().admit(request.uri())?;
    if !is_json(request.headers()) {
        return Err(Refusal::UnsupportedMediaType);
    }
    let request = ActionRequest::from_body(&read(request).await?)?;
    Ok(Json(account.carry_out(request)))
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(request: Request) -> Result<Bytes, Refusal> {
    // A body that announces its length is refused before it is sent.
    if request.body().size_hint().lower() > MAX_BODY_BYTES as u64 {
        return Err(Refusal::PayloadTooLarge);
    }
    Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::PayloadTooLarge,
        _ => Refusal::BodyCutOff,
    })
}
