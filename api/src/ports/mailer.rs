//! Mail, by SMTP or as `.eml` files. Builders only, so that nobody's text can become a header.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::secrets::private_dir;

/// How long a letter may take from the first packet to the server's last word. The transport itself bounds nothing but
/// the connecting: a server that takes a connection and says no more would be waited for without end.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Of that, for the connection to be made.
const CONNECTING: Duration = Duration::from_secs(20);

/// A letter ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The outbox row's id: the Message-ID is made of it, so a letter sent twice is recognised as one.
    pub id: String,
    /// To whom.
    pub to: String,
    /// Neutral: no case's content.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Why a letter did not go.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It never will (no such address, refused for good).
    #[error("refused for good: {0}")]
    Permanent(String),
    /// It may later.
    #[error("not now: {0}")]
    Transient(String),
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>),
}

/// Sends letters.
pub struct Mailer {
    way: Way,
    from: Mailbox,
    domain: String,
    patience: Duration,
    health: Mutex<Health>,
}

/// How the mail server does, as far as letters tell.
#[derive(Default)]
struct Health {
    /// Since when it takes none.
    ill_since: Option<Instant>,
    told: Option<Instant>,
}

/// Between two lines of the log about a mail server that takes nothing.
const TELL_AGAIN: Duration = Duration::from_secs(60);

/// Words without the addresses in them, which are people's.
fn without_addresses(words: &str) -> String {
    let known = |word: &str| {
        if word.contains('@') {
            "…".to_owned()
        } else {
            word.to_owned()
        }
    };
    let words: Vec<String> = words.split_whitespace().map(known).collect();
    words.join(" ")
}

impl Mailer {
    /// By `SMTP_URL`, else as files into `dir`.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn new(smtp_url: Option<&str>, dir: &Path, from: &str) -> Result<Self, String> {
        let way = match smtp_url {
            Some(url) => Way::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    // The library's words may quote the password.
                    .map_err(|_| {
                        "SMTP_URL: it must look like smtps://user:password@host, or smtp://host:25"
                            .to_owned()
                    })?
                    .timeout(Some(CONNECTING))
                    .build(),
            ),
            None => {
                private_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
                Way::Files(AsyncFileTransport::<Tokio1Executor>::new(dir))
            }
        };
        let from: Mailbox = from.parse::<Mailbox>().map_err(|_| {
            format!("MAIL_FROM: {from:?} must look like 监督一点通 <noreply@example.org>")
        })?;
        let domain = from.email.domain().to_owned();
        Ok(Self {
            way,
            from,
            domain,
            patience: PATIENCE,
            health: Mutex::default(),
        })
    }

    /// For how many seconds no letter has gone though some were tried; `None` while all is well.
    #[must_use]
    pub fn ill_for(&self) -> Option<u64> {
        self.health()
            .ill_since
            .map(|since| since.elapsed().as_secs())
    }

    /// Whoever takes no letters, where none go, for an operator.
    #[must_use]
    pub fn what_fails(&self) -> &'static str {
        match self.way {
            Way::Smtp(_) => "the mail server refuses or does not answer",
            Way::Files(_) => {
                "they cannot be written into the folder that stands in for a mail server"
            }
        }
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of how a letter fared. A reader whom the server refuses for good says nothing about the server.
    fn note(&self, done: &Result<(), MailError>) {
        let mut health = self.health();
        match done {
            Err(MailError::Transient(why)) => {
                let now = Instant::now();
                health.ill_since.get_or_insert(now);
                if health.told.is_none_or(|told| now - told >= TELL_AGAIN) {
                    health.told = Some(now);
                    tracing::warn!(reason = without_addresses(why), "letters do not go");
                }
            }
            Ok(()) | Err(MailError::Permanent(_)) => {
                if health.ill_since.take().is_some() {
                    health.told = None;
                    tracing::info!("letters go again");
                }
            }
        }
    }

    /// Sends one letter, or gives it up after [`PATIENCE`].
    ///
    /// # Errors
    /// [`MailError`] says whether to try again. A letter that was given up may have gone all the same.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|error| MailError::Permanent(format!("address: {error}")))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|error| MailError::Permanent(error.to_string()))?;
        let done = self.hand_over(message).await;
        self.note(&done);
        done
    }

    async fn hand_over(&self, message: Message) -> Result<(), MailError> {
        match &self.way {
            // Given up, the connection is closed: none is kept for a second letter.
            Way::Smtp(smtp) => {
                match tokio::time::timeout(self.patience, smtp.send(message)).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) if error.is_permanent() => {
                        Err(MailError::Permanent(error.to_string()))
                    }
                    Ok(Err(error)) => Err(MailError::Transient(error.to_string())),
                    Err(_) => Err(MailError::Transient(format!(
                        "the mail server had not answered after {} s",
                        self.patience.as_secs()
                    ))),
                }
            }
            Way::Files(files) => match files.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(MailError::Transient(error.to_string())),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn a_server_that_says_nothing_is_given_up() {
        // The system takes the connection; nobody ever reads from it or writes a greeting.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", silent.local_addr().unwrap());
        let mut mailer = Mailer::new(Some(&url), Path::new("."), "a@yidiantong.invalid").unwrap();
        mailer.patience = Duration::from_millis(300);
        let letter = Letter {
            id: "l1".into(),
            to: "b@yidiantong.invalid".into(),
            subject: "s".into(),
            body: "b".into(),
        };
        assert_eq!(mailer.ill_for(), None);
        let began = Instant::now();
        let met = mailer.send(&letter).await;
        assert!(matches!(met, Err(MailError::Transient(_))), "{met:?}");
        assert!(began.elapsed() < CONNECTING);
        assert!(mailer.ill_for().is_some());
        mailer.note(&Ok(()));
        assert_eq!(mailer.ill_for(), None);
    }

    #[test]
    fn nobody_s_address_gets_into_the_log() {
        assert_eq!(
            without_addresses("451 <a@yidiantong.invalid> later"),
            "451 … later"
        );
    }
}
