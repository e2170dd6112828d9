//! How connections are taken: as `actix_web::HttpServer` takes them, but through `Wire`, so that what the connection
//! itself refuses is answered with our headers too.

use std::fmt;
use std::future::ready;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_http::{HttpService, Request};
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config,
};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, Response, Server};
use actix_web::rt::net::TcpStream;
use socket2::{Domain, Protocol, Socket, Type};

use super::bare::{Whole, Wire};
use super::door::Door;
use super::edge;
use super::idle::Idle;
use crate::app::App;

/// Connections that wait to be taken.
const BACKLOG: i32 = 4096;
/// How long a connection may rest between two requests: a person reads a page, and a proxy before us closes its
/// own idle connections first (nginx after 60 s), so that none is closed under a request it has just sent.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long the head of a connection's first request may take.
const HEAD: Duration = Duration::from_secs(5);
/// How long the other side may take to part. Some times as long as a thread is likely to be held up on a busy machine:
/// a limit that has passed when it is set is never heard of, see [`super::idle`].
const PARTING: Duration = Duration::from_secs(3);

/// Takes connections at an address, with so many threads; after a stop, requests under way have so many seconds, and
/// whoever stands at the door is turned away by closing it.
///
/// # Errors
/// The operating system's.
pub fn listen<F, I, S, B>(
    app: &Arc<App>,
    address: SocketAddr,
    workers: usize,
    seconds_to_end: u64,
    make: F,
) -> std::io::Result<(Server, SocketAddr, Door)>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<actix_web::Error> + 'static,
    S::InitError: fmt::Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let listener = bound(address)?;
    let door = Door::of(&listener)?;
    let address = listener.local_addr()?;
    let builder = Server::build()
        .workers(workers)
        .shutdown_timeout(seconds_to_end)
        // The command that serves hears them, and tells the worker too.
        .disable_signals();
    let (signal, app) = (builder.graceful_shutdown_signal(), Arc::clone(app));
    let take = move || {
        let (signal, app) = (signal.clone(), Arc::clone(&app));
        let whole: Whole = Rc::new(move |code| edge::alone(&app, code));
        let routes = make()
            .into_factory()
            .map_err(|error| error.into().error_response());
        // Nobody asks for the name or the address of the server: neither an address nor an answer is made of them.
        let routes = map_config(routes, |()| AppConfig::default());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let signal = signal.clone();
                async move { signal.notified().await }
            })
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(HEAD)
            .client_disconnect_timeout(PARTING)
            .h1_allow_half_closed(true)
            .local_addr(address)
            .on_connect_ext(|wire: &Wire<Idle<TcpStream>>, data| {
                data.insert(wire.alike());
                data.insert(wire.stream().talk());
            })
            .h1(routes);
        fn_service(move |stream: TcpStream| {
            let peer = stream.peer_addr().ok();
            ready(Ok((Wire::new(Idle::new(stream), Rc::clone(&whole)), peer)))
        })
        .and_then(http)
    };
    let server = builder.listen("http", listener, take)?.run();
    Ok((server, address, door))
}

fn bound(address: SocketAddr) -> std::io::Result<TcpListener> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
