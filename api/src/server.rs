//! The server: everything is opened, then it listens.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::dev::{Server as ActixServer, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App as Actix, HttpRequest, HttpResponse};
use utoipa::openapi::OpenApi as Document;
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::{Config as DocsConfig, SwaggerUi, Url};

use crate::app::App;
use crate::codes::Code;
use crate::complaints::bell;
use crate::http::body::JSON_LIMIT;
use crate::http::edge::edge;
use crate::http::listen::listen as take;
use crate::http::memory;
use crate::http::problem::Problem;
use crate::webs::Webs;
use crate::{openapi, rules, system};

pub use crate::http::door::{Door, handed_over};

/// Seconds a request under way may take after the program was told to stop, with the pause in which people are
/// still let in.
pub const DRAIN_SECONDS: u64 = 25;

/// Who a server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plane {
    /// Everybody.
    Whole,
    /// The public, where the staff have an address of their own: nothing of theirs is there.
    Public,
    /// The staff, whose web also reads what is public.
    Staff,
}

impl Plane {
    fn has_staff(self) -> bool {
        self != Self::Public
    }

    /// Whether an address belongs to the staff.
    fn hides(self, path: &str) -> bool {
        let of_staff = ["/admin", "/api/v1/admin", "/api/v1/auth"]
            .iter()
            .any(|root| {
                path.strip_prefix(root)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
        !self.has_staff() && (of_staff || path == "/api/openapi/admin.json")
    }
}

/// A server that listens.
pub struct Server {
    server: ActixServer,
    address: SocketAddr,
    door: Option<Door>,
    /// Whose public reads it answers from memory.
    reads: Option<Arc<App>>,
    /// Whether staff listen here for what happens to their cases.
    rings: bool,
}

impl Server {
    /// Binds the address of the configuration: for everybody, or for the public where the staff have their own.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn build(app: &Arc<App>, workers: usize) -> Result<Self, String> {
        let plane = match app.config.admin_listen {
            None => Plane::Whole,
            Some(_) => Plane::Public,
        };
        Self::at(app, workers, plane, "LISTEN", app.config.listen)
    }

    /// Binds the staff's own address, where the configuration has one.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn for_staff(app: &Arc<App>, workers: usize) -> Result<Option<Self>, String> {
        let listen = app.config.admin_listen;
        listen
            .map(|listen| Self::at(app, workers, Plane::Staff, "ADMIN_LISTEN", listen))
            .transpose()
    }

    fn at(
        app: &Arc<App>,
        workers: usize,
        plane: Plane,
        key: &str,
        listen: SocketAddr,
    ) -> Result<Self, String> {
        let data = Data::from(Arc::clone(app));
        let pause = app.config.drain.unwrap_or_default().as_secs();
        let documents = Arc::new(Documents::make()?);
        let webs = Arc::new(Webs::open());
        if !webs.are_built() {
            tracing::warn!(
                "this binary holds no webs (`npm run build` comes before the build): the API alone is served"
            );
        }
        let seconds = DRAIN_SECONDS.saturating_sub(pause);
        let make = move || {
            let (actix, _) = Actix::new()
                .into_utoipa_app()
                .app_data(data.clone())
                .app_data(Data::from(Arc::clone(&documents)))
                .app_data(Data::from(Arc::clone(&webs)))
                .app_data(web::PayloadConfig::new(JSON_LIMIT))
                .app_data(plane)
                .configure(if plane.has_staff() {
                    openapi::routes
                } else {
                    openapi::public_routes
                })
                .split_for_parts();
            let mut documents = vec![Url::new("公开接口", "/api/openapi/public.json")];
            if plane.has_staff() {
                documents.push(Url::new("工作人员接口", "/api/openapi/admin.json"));
            }
            actix
                .service(system::livez)
                .service(system::readyz)
                .service(system::metrics)
                .service(system::problem)
                .service(system::security_txt)
                .route("/api/openapi/public.json", web::get().to(public_document))
                .route("/api/openapi/admin.json", web::get().to(admin_document))
                .route("/api/docs", web::get().to(docs_home))
                .service(rules::rules)
                .service(SwaggerUi::new("/api/docs/{_:.*}").config(DocsConfig::new(documents)))
                .default_service(web::to(elsewhere))
                .wrap(from_fn(edge))
        };
        let (server, address, door) = take(app, listen, workers, seconds, make)
            .map_err(|error| format!("{key}: {listen} cannot be used: {error}"))?;
        Ok(Self {
            server,
            address,
            door: Some(door),
            reads: Some(Arc::clone(app)),
            rings: plane.has_staff(),
        })
    }

    /// Where a process that is the vault and does not answer the rest takes what only it can do (`/api/v1/admin/vault`),
    /// at the staff's address; a proxy sends that path here.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn for_vault(app: &Arc<App>) -> Result<Self, String> {
        let data = Data::from(Arc::clone(app));
        let (key, listen) = match app.config.admin_listen {
            Some(listen) => ("ADMIN_LISTEN", listen),
            None => ("LISTEN", app.config.listen),
        };
        let make = move || {
            let (actix, _) = Actix::new()
                .into_utoipa_app()
                .app_data(data.clone())
                .app_data(web::PayloadConfig::new(JSON_LIMIT))
                .app_data(Plane::Staff)
                .configure(openapi::vault_routes)
                .split_for_parts();
            actix
                .service(system::livez)
                .service(system::readyz)
                .service(system::metrics)
                .default_service(web::to(nowhere))
                .wrap(from_fn(edge))
        };
        let (server, address, door) = take(app, listen, 1, DRAIN_SECONDS, make)
            .map_err(|error| format!("{key}: {listen} cannot be used: {error}"))?;
        Ok(Self {
            server,
            address,
            door: Some(door),
            reads: None,
            rings: false,
        })
    }

    /// What a process that only works tells those who run it: whether it lives, whether it is ready, what it counts.
    /// Nothing else is there.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub fn for_operators(app: &Arc<App>, listen: SocketAddr) -> Result<Self, String> {
        let data = Data::from(Arc::clone(app));
        let make = move || {
            Actix::new()
                .app_data(data.clone())
                .service(system::livez)
                .service(system::readyz)
                .service(system::metrics)
                .default_service(web::to(nowhere))
                .wrap(from_fn(edge))
        };
        let (server, address, door) = take(app, listen, 1, DRAIN_SECONDS, make)
            .map_err(|error| format!("WORKER_LISTEN: {listen} cannot be used: {error}"))?;
        Ok(Self {
            server,
            address,
            door: Some(door),
            reads: None,
            rings: false,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// To stop it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Its door, to be closed when it is stopped; once.
    #[must_use]
    pub fn take_door(&mut self) -> Option<Door> {
        self.door.take()
    }

    /// Serves until stopped.
    ///
    /// # Errors
    /// The operating system's.
    pub async fn run(self) -> std::io::Result<()> {
        let Some(app) = self.reads else {
            return self.server.await;
        };
        let rings = self.rings;
        // Or whoever reads the first page with a name on it waits for a dictionary.
        tokio::task::spawn_blocking(domain::mask::warm);
        tokio::select! {
            ended = self.server => ended,
            never = memory::listen(Arc::clone(&app)) => match never {},
            never = bell::ring(app), if rings => match never {},
        }
    }
}

/// The two documents, made once, and the methods each path takes.
struct Documents {
    public: String,
    admin: String,
    paths: Vec<(Vec<String>, String)>,
}

impl Documents {
    fn make() -> Result<Self, String> {
        let (public, admin) = (openapi::public_document(), openapi::admin_document());
        let text =
            |document: &Document| document.to_pretty_json().map_err(|error| error.to_string());
        let mut paths = Vec::new();
        for (path, item) in public.paths.paths.iter().chain(&admin.paths.paths) {
            let methods = [
                (&item.get, "GET"),
                (&item.post, "POST"),
                (&item.put, "PUT"),
                (&item.delete, "DELETE"),
            ];
            let allowed: Vec<&str> = methods
                .iter()
                .filter(|(operation, _)| operation.is_some())
                .map(|(_, name)| *name)
                .collect();
            paths.push((
                path.split('/').map(str::to_owned).collect(),
                allowed.join(", "),
            ));
        }
        Ok(Self {
            public: text(&public)?,
            admin: text(&admin)?,
            paths,
        })
    }

    /// The methods a documented path takes.
    fn methods_of(&self, path: &str) -> Option<&str> {
        let parts: Vec<&str> = path.split('/').collect();
        // `export.{format}` or `{kind}.xlsx`: what stands before and after the name stands there.
        let names = |template: &str, part: &str| {
            let (head, rest) = template.split_once('{').unwrap_or((template, ""));
            let tail = rest.split_once('}').map_or("", |(_, tail)| tail);
            let inner = part
                .strip_prefix(head)
                .and_then(|part| part.strip_suffix(tail));
            template.contains('{') && inner.is_some_and(|inner| !inner.is_empty())
        };
        let fits = |template: &[String]| {
            template.len() == parts.len()
                && template
                    .iter()
                    .zip(&parts)
                    .all(|(t, p)| t == p || names(t, p))
        };
        self.paths
            .iter()
            .find(|(template, _)| fits(template))
            .map(|(_, methods)| methods.as_str())
    }
}

fn document(json: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("Cache-Control", "public, max-age=60"))
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .body(json.to_owned())
}

async fn public_document(documents: Data<Documents>) -> HttpResponse {
    document(&documents.public)
}

async fn admin_document(
    req: HttpRequest,
    documents: Data<Documents>,
) -> Result<HttpResponse, Problem> {
    if plane(&req).hides(req.path()) {
        return Err(Problem::new(Code::NoRoute));
    }
    Ok(document(&documents.admin))
}

fn plane(req: &HttpRequest) -> Plane {
    req.app_data::<Plane>().copied().unwrap_or(Plane::Whole)
}

async fn docs_home() -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header(("Location", "/api/docs/"))
        .finish()
}

async fn nowhere() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::NoRoute))
}

/// No route: another method of a known address, a page or file of a web, or no address at all.
async fn elsewhere(
    req: HttpRequest,
    documents: Data<Documents>,
    webs: Data<Webs>,
) -> Result<HttpResponse, Problem> {
    if plane(&req).hides(req.path()) {
        return Err(Problem::new(Code::NoRoute));
    }
    match documents.methods_of(req.path()) {
        Some(methods)
            if !methods
                .split(", ")
                .any(|method| method == req.method().as_str()) =>
        {
            Err(Problem::new(Code::MethodNotAllowed).allow(methods))
        }
        Some(_) => Err(Problem::new(Code::NotFound)),
        None => webs.answer(&req),
    }
}
