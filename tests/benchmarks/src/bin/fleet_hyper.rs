//! Ends the exemption of many devices by bare hyper: the least that a client can do.

use anyhow::Context;
use benchmarks::fleet::{
    Load,
    by_hand::{Exchange, PATH, run},
};
use bytes::Bytes;
use http::{
    Request,
    header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let load = Load::from_arguments()?;
    let address = load.base_url.strip_prefix("http://").context("a base URL without TLS")?;
    run(&load, Hyper { address: address.to_owned() }).await
}

struct Hyper {
    address: String,
}

impl Exchange for Hyper {
    async fn exchange(&self, body: Vec<u8>) -> anyhow::Result<Bytes> {
        let request = Request::post(PATH)
            .header(HOST, &self.address)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("it-access/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(Bytes::from(body)))?;
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let answer = sender.send_request(request).await?;
        Ok(answer.into_body().collect().await?.to_bytes())
    }
}
