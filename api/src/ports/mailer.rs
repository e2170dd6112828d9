//! Mail, by SMTP or as `.eml` files. Builders only, so that nobody's text can become a header.

use std::path::Path;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::secrets::private_dir;

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
                    .map_err(|error| format!("SMTP_URL cannot be used: {error}"))?
                    .timeout(Some(std::time::Duration::from_secs(30)))
                    .build(),
            ),
            None => {
                private_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
                Way::Files(AsyncFileTransport::<Tokio1Executor>::new(dir))
            }
        };
        let from: Mailbox = from
            .parse()
            .map_err(|error| format!("MAIL_FROM cannot be used: {error}"))?;
        let domain = from.email.domain().to_owned();
        Ok(Self { way, from, domain })
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// [`MailError`] says whether to try again.
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
        match &self.way {
            Way::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(MailError::Permanent(error.to_string())),
                Err(error) => Err(MailError::Transient(error.to_string())),
            },
            Way::Files(files) => match files.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(MailError::Transient(error.to_string())),
            },
        }
    }
}
