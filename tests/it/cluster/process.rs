//! One process of an installation that a test steps: `api` or `worker`, on a database and a queue that others share.
//! It does on each line of standard input what the line says, answers with one line, and ends with its input.
//!
//! ```text
//! process api|worker DIR DATABASE_URL REDIS_URL|- CASE_MICROS WALL_MICROS [demo]
//! case MICROS | wall SECONDS | settle | step | clocks
//! process parse-sheet
//! ```
//!
//! It is the product's own server and worker; only the clocks stand until somebody steps them, as for the suite that
//! has everything in one process.

use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use domain::time::Timestamp;
use yidiantong::app::App;
use yidiantong::config::Config;
use yidiantong::demo::{self, Pace};
use yidiantong::disclosures::reader;
use yidiantong::ports::clock::Clocks;
use yidiantong::server::Server;
use yidiantong::worker;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words == [reader::COMMAND] {
        return reader::read_standard_input();
    }
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), String> {
    let [role, dir, database, redis, case, wall, rest @ ..] = words else {
        return Err("see the head of process.rs".into());
    };
    let at = |text: &String| text.parse().map(Timestamp::from_micros);
    let (Ok(case), Ok(wall)) = (at(case), at(wall)) else {
        return Err("two numbers of microseconds".into());
    };
    actix_web::rt::System::new().block_on(async move {
        let mut config = Config::private(
            Path::new(dir),
            Some(database),
            Some(redis.as_str()).filter(|url| *url != "-"),
        )?;
        // A test that reads behind one door what it wrote behind another waits for nobody's second.
        config.hearsay = Duration::ZERO;
        let app = if rest.is_empty() {
            App::open(config, Clocks::stepped(case, wall)).await?
        } else {
            let pace = Pace {
                start: None,
                speed: Some(1),
            };
            demo::open(config, pace).await?
        };
        app.check_secrets().await?;
        let app = Arc::new(app);
        actix_web::rt::spawn(demo::time::keep(Arc::clone(&app)));
        if role == "api" {
            let server = Server::build(&app, 2)?;
            say(&server.address().to_string());
            actix_web::rt::spawn(server.run());
        } else {
            say("ready");
        }
        let (tell, mut told) = tokio::sync::mpsc::channel(1);
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if tell.blocking_send(line).is_err() {
                    return;
                }
            }
        });
        while let Some(line) = told.recv().await {
            match obey(&app, &line).await {
                Ok(answer) => say(answer),
                Err(why) => say(&format!("failed: {why}")),
            }
        }
        Ok(())
    })
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listens no longer has ended.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

async fn obey(app: &Arc<App>, line: &str) -> Result<&'static str, String> {
    let (order, number) = line.split_once(' ').unwrap_or((line, "0"));
    let number: i64 = number
        .parse()
        .map_err(|_| format!("{line:?} has no number"))?;
    match order {
        "case" => app.clocks.step_case_to(Timestamp::from_micros(number)),
        "wall" => app.clocks.step_wall_by(number),
        "settle" => app.queue.settled().await,
        "step" => {
            worker::step(app).await.map_err(|error| error.to_string())?;
            app.queue.settled().await;
        }
        "clocks" => {
            let done = worker::some_clocks(app).await;
            let done = done.map_err(|error| error.to_string())?;
            return Ok(if done.is_some() { "some" } else { "none" });
        }
        _ => return Err(format!("{line:?} is no order")),
    }
    Ok("done")
}
