//! Starting, stopping and printing the service.

use it_access_sim::{Fleet, Service};
use tokio::net::TcpStream;

use crate::{BODY, Simulation, loopback, within_seconds};

#[tokio::test]
async fn shutdown_ends_with_idle_connections_and_frees_the_port() {
    let sim = Simulation::start().await;
    sim.act(BODY).await;
    let addr = sim.service.local_addr();
    let _silent = TcpStream::connect(addr).await.expect("a connection");

    within_seconds(sim.service.shutdown()).await;
    assert!(TcpStream::connect(addr).await.is_err(), "still listening");
    Service::new(Fleet::default(), "t")
        .listen(addr)
        .await
        .expect("the port is free")
        .shutdown()
        .await;
}

#[tokio::test]
async fn dropping_it_stops_it() {
    let sim = Simulation::start().await;
    let addr = sim.service.local_addr();
    drop(sim.service);
    within_seconds(async {
        while TcpStream::connect(addr).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn listening_everywhere_it_names_an_address_of_this_machine() {
    let service = Service::new(Fleet::default(), "t");
    let service = service.listen(([0, 0, 0, 0], 0).into()).await.expect("a free port");
    let port = service.local_addr().port();
    assert_eq!(service.base_url(), format!("http://127.0.0.1:{port}"));
    TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sim = Simulation::start().await;
    let second = Service::new(Fleet::default(), "t").listen(sim.service.local_addr()).await;
    assert_eq!(second.map(drop).unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn debug_output_has_no_token() {
    let service = Service::new(Fleet::example(), "canary");
    assert!(!format!("{service:#?}").contains("canary"));
    let service = service.listen(loopback()).await.expect("a free port");
    assert!(!format!("{service:#?}").contains("canary"));
}

#[tokio::test]
async fn the_control_interface_is_for_this_machine_only() {
    let service = || Service::new(Fleet::default(), "t").with_control();
    let everywhere = service().listen(([0, 0, 0, 0], 0).into()).await;
    assert_eq!(everywhere.map(drop).unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    service().listen(loopback()).await.expect("a free port");
}
