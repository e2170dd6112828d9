//! Two API processes behind nginx and two workers, on one PostgreSQL and one Redis (`YDT_TEST_CLUSTER=1`): the same
//! suite then shows that nothing a person meets depends on which process answers. Seeding, importing and hiring stay in
//! the test's own process, as the command line's would be.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use domain::time::Timestamp;

/// Whether this run wants one.
pub fn is_wanted() -> bool {
    std::env::var_os("YDT_TEST_CLUSTER").is_some()
}

/// Processes that answer; a request goes to another one than the last.
pub fn doors() -> usize {
    if is_wanted() { APIS } else { 1 }
}

/// What all processes of a house are opened with.
pub struct Shared<'a> {
    pub dir: &'a Path,
    pub database: &'a str,
    pub redis: &'a str,
    pub case: Timestamp,
    pub wall: Timestamp,
    pub is_demo: bool,
}

/// A process, and the two ends of its talk.
pub struct Process {
    child: Child,
    talk: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Process {
    /// Starts it, and does not wait until it has said that it is there.
    pub fn start(role: &str, shared: &Shared<'_>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_process"));
        command.arg(role).arg(shared.dir);
        command.args([shared.database, shared.redis]);
        command.args([shared.case, shared.wall].map(|at| at.micros().to_string()));
        if shared.is_demo {
            command.arg("demo");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            talk: Mutex::new((input, output)),
        }
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line it says; the first is where it listens.
    pub fn hears(&self) -> String {
        let mut line = String::new();
        self.talk.lock().unwrap().1.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "a process of the cluster ended");
        line.trim_end().to_owned()
    }

    fn is_told(&self, order: &str) {
        writeln!(self.talk.lock().unwrap().0, "{order}").unwrap();
    }

    fn answers(&self, order: &str) -> String {
        let answer = self.hears();
        assert!(!answer.starts_with("failed"), "{order}: {answer}");
        answer
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // As machines do it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The five processes of a house.
pub struct Cluster {
    processes: Vec<Process>,
    nginx: Child,
    log: PathBuf,
    /// Where nginx listens.
    pub address: SocketAddr,
}

const APIS: usize = 2;

impl Cluster {
    /// Starts them.
    pub fn start(shared: &Shared<'_>) -> Self {
        let roles = ["api", "api", "worker", "worker"];
        let processes = Vec::from(roles.map(|role| Process::start(role, shared)));
        let said: Vec<String> = processes.iter().map(Process::hears).collect();
        let (nginx, address) = nginx(shared.dir, &said[..APIS]);
        Self {
            processes,
            nginx,
            log: shared.dir.join("nginx/error.log"),
            address,
        }
    }

    /// All do it at once; this waits for the last.
    pub fn all(&self, order: &str) {
        Self::tell(&self.processes, order);
    }

    /// Both workers do it at once; whether one of them said that it did something.
    pub fn workers(&self, order: &str) -> bool {
        let answers = Self::tell(&self.processes[APIS..], order);
        answers.iter().any(|answer| answer == "some")
    }

    fn tell(processes: &[Process], order: &str) -> Vec<String> {
        for process in processes {
            process.is_told(order);
        }
        let answers = processes.iter().map(|process| process.answers(order));
        answers.collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.nginx.kill();
        let _ = self.nginx.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            eprintln!("--- nginx says\n{log}");
        }
    }
}

/// nginx before the two, each request to the other one than the last. It hands on what the program says in `Server`, and
/// then says nothing there of its own. It never ends a connection of its own accord, which would break under whatever is
/// being sent that moment: a story of a thousand cases on a busy machine sits still for longer than its usual 75 s.
fn nginx(dir: &Path, apis: &[String]) -> (Child, SocketAddr) {
    let dir = dir.join("nginx");
    std::fs::create_dir_all(&dir).unwrap();
    let place = dir.display();
    let servers: String = apis.iter().map(|api| format!("server {api};")).collect();
    for _ in 0..20 {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let text = format!(
            "daemon off; master_process off; pid {place}/pid; error_log {place}/error.log warn;
             events {{ worker_connections 4096; }}
             http {{
               access_log off; server_tokens off; client_max_body_size 64m;
               keepalive_timeout 1h; keepalive_requests 1000000;
               client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f;
               uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
               upstream api {{ {servers} keepalive 16; }}
               server {{
                 listen {address};
                 location / {{
                   proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection '';
                   proxy_set_header Host $http_host; proxy_request_buffering off; proxy_next_upstream off;
                   proxy_pass_header Server;
                 }}
               }}
             }}"
        );
        let file = dir.join("nginx.conf");
        std::fs::write(&file, text).unwrap();
        // It ends with this thread, whatever ends that; and the system's PATH for people leaves it out.
        let path = std::env::var("PATH").unwrap_or_default();
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--", "nginx", "-e"])
            .env("PATH", format!("{path}:/usr/sbin"))
            .arg(dir.join("error.log"))
            .arg("-p")
            .arg(&dir)
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is missing");
        for _ in 0..200 {
            if TcpStream::connect(address).is_ok() {
                return (child, address);
            }
            if child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
    panic!(
        "nginx did not start: see {}",
        dir.join("error.log").display()
    );
}
