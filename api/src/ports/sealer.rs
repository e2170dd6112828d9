//! Sealed identities (security.md 1.4.2): one HPKE seal (X25519, HKDF-SHA256, ChaCha20-Poly1305) per case
//! to the county's public key. Every process that takes filings can seal; opening needs the private key, which only
//! [`super::vault`] holds. Where this process has the vault too, a county's first filing makes its key; elsewhere the
//! public half has to be there.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::canon::sha256_hex;
use domain::complaint::intake::Identity;
use domain::id::{ComplaintId, ProposalId};
use domain::region::RegionCode;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, OpModeS, Serializable as _};

use super::ids::Ids;
use super::secrets::private_dir;
use super::vault::Vault;

pub(super) type Kem = X25519HkdfSha256;
/// Bytes of a key, private or public, and of an encapsulated one (RFC 9180, 7.1).
pub(super) const KEM_BYTES: usize = 32;
/// What is sealed is as long as a multiple of this: more than a name, a telephone and an address take.
const PADDED: usize = 512;
/// The form of the sealed JSON, bound into the seal.
pub(super) const SCHEMA: &str = "yidiantong/identity/v1";
/// The room of the secrets in which the public halves are.
pub const ROOM: &str = "identity";

/// What is stored of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// Encapsulated key and ciphertext.
    pub bytes: Vec<u8>,
}

/// What a seal is bound to besides the key: no ciphertext can be moved to another place and open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound<'a> {
    /// Whoever filed this case.
    Filed(&'a ComplaintId),
    /// What somebody showed who wants a new receipt. Another form than the case's own, so that nobody who can write
    /// to the database makes the one pass for the other.
    Shown(&'a ProposalId),
}

impl Bound<'_> {
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Filed(case) => format!("{SCHEMA}\0{case}").into_bytes(),
            Self::Shown(proposal) => format!("{SCHEMA}\0shown\0{proposal}").into_bytes(),
        }
    }
}

/// Why something was not sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsealed {
    /// The county's public key is not there, and this process makes none.
    NoKey,
    /// One sentence for the operator; nothing of the identity is in it.
    Broken(String),
}

/// Seals identities.
#[derive(Clone)]
pub struct Sealer {
    dir: PathBuf,
    vault: Option<Vault>,
    ids: Ids,
}

fn broken(what: impl std::fmt::Display) -> Unsealed {
    Unsealed::Broken(format!("sealing an identity: {what}"))
}

/// Sixteen digits of a digest tell public keys apart.
pub(super) fn key_id(public: &[u8]) -> String {
    let id = sha256_hex(public);
    id.get(..16).unwrap_or(&id).to_owned()
}

/// JSON with blanks after it, to a whole number of [`PADDED`] bytes: of what is sealed its length is in sight, and would
/// tell a name of two characters from one of three.
fn padded(mut json: Vec<u8>) -> Vec<u8> {
    let whole = json.len().next_multiple_of(PADDED);
    json.resize(whole, b' ');
    json
}

impl Sealer {
    /// Public halves are in `identity/` of the secrets' directory, as `<county>.pub`; what is missing is made with the
    /// vault, where there is one.
    #[must_use]
    pub fn new(secrets_dir: &Path, vault: Option<Vault>, ids: Ids) -> Self {
        Self {
            dir: secrets_dir.join(ROOM),
            vault,
            ids,
        }
    }

    /// Where a county's public half is.
    #[must_use]
    pub fn place(&self, county: &RegionCode) -> PathBuf {
        self.dir.join(format!("{county}.pub"))
    }

    fn public_key(&self, county: &RegionCode) -> Result<Vec<u8>, Unsealed> {
        match (fs::read(self.place(county)), &self.vault) {
            (Ok(bytes), _) => Ok(bytes),
            (Err(error), vault) if error.kind() == std::io::ErrorKind::NotFound => match vault {
                Some(vault) => self.make(vault, county),
                None => Err(Unsealed::NoKey),
            },
            (Err(error), _) => Err(broken(error)),
        }
    }

    /// The id of a county's public key, which is made if this process has the vault.
    ///
    /// # Errors
    /// [`Unsealed`].
    pub fn key_id(&self, county: &RegionCode) -> Result<String, Unsealed> {
        let public = self.public_key(county)?;
        if public.len() != KEM_BYTES {
            let place = self.place(county);
            return Err(broken(format_args!(
                "{} does not hold {KEM_BYTES} bytes",
                place.display()
            )));
        }
        Ok(key_id(&public))
    }

    /// Makes a county's pair. The private half is written first: a public key nobody can open would lose
    /// identities.
    fn make(&self, vault: &Vault, county: &RegionCode) -> Result<Vec<u8>, Unsealed> {
        let bytes = vault.public_half(county).map_err(broken)?;
        private_dir(&self.dir).map_err(broken)?;
        let part = self
            .dir
            .join(format!("{county}.pub.{}", self.ids.request_id()));
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&part)
            .map_err(broken)?;
        file.write_all(&bytes)
            .and_then(|()| file.sync_all())
            .map_err(broken)?;
        fs::rename(&part, self.place(county)).map_err(broken)?;
        Ok(bytes)
    }

    /// Seals one identity, bound to one thing.
    ///
    /// # Errors
    /// [`Unsealed`].
    pub fn seal(
        &self,
        county: &RegionCode,
        bound: &Bound<'_>,
        identity: &Identity,
    ) -> Result<Sealed, Unsealed> {
        let public = self.public_key(county)?;
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&public).map_err(broken)?;
        let clear = padded(serde_json::to_vec(identity).map_err(broken)?);
        let (encapsulated, ciphertext) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
                &OpModeS::Base,
                &key,
                SCHEMA.as_bytes(),
                &clear,
                &bound.bytes(),
            )
            .map_err(broken)?;
        Ok(Sealed {
            key_id: key_id(&public),
            bytes: [encapsulated.to_bytes().to_vec(), ciphertext].concat(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::vault::Shut;
    use super::*;

    fn someone() -> Identity {
        Identity {
            name: Some("演示甲".into()),
            phone: Some("13800000000".into()),
            email: None,
        }
    }

    fn room() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn only_the_private_key_and_the_right_case_open_it() {
        let dir = room();
        let vault = Vault::new(&dir.path().join("kept"), Ids);
        let sealer = Sealer::new(dir.path(), Some(vault.clone()), Ids);
        let county = RegionCode::try_from("230104000000").unwrap();
        let [case, other] = ["a", "b"].map(|id| ComplaintId::try_from(id).unwrap());
        let sealed = sealer
            .seal(&county, &Bound::Filed(&case), &someone())
            .unwrap();
        assert!(!String::from_utf8_lossy(&sealed.bytes).contains("13800000000"));
        // Nor does its length tell anything.
        let name = Some("演示一个很长的名字".into());
        let longer = Identity { name, ..someone() };
        let longer = sealer.seal(&county, &Bound::Filed(&case), &longer).unwrap();
        assert_eq!(longer.bytes.len(), sealed.bytes.len());
        let open = |bound: &Bound<'_>| vault.open(&county, bound, &sealed);
        assert!(open(&Bound::Filed(&case)) == Ok(someone()));
        let proposal = ProposalId::try_from("a").unwrap();
        for bound in [Bound::Filed(&other), Bound::Shown(&proposal)] {
            assert!(open(&bound) == Err(Shut::Altered), "{bound:?}");
        }
    }

    #[test]
    fn who_has_no_vault_makes_no_key_and_opens_nothing() {
        let dir = room();
        let county = RegionCode::try_from("230104000000").unwrap();
        let case = ComplaintId::try_from("a").unwrap();
        let bound = Bound::Filed(&case);
        let apart = Sealer::new(dir.path(), None, Ids);
        let refused = apart.seal(&county, &bound, &someone());
        assert_eq!(refused, Err(Unsealed::NoKey));
        // The public half is all it takes to seal.
        let kept = room();
        let vault = Vault::new(kept.path(), Ids);
        let made = Sealer::new(dir.path(), Some(vault.clone()), Ids).key_id(&county);
        let sealed = apart.seal(&county, &bound, &someone()).unwrap();
        assert_eq!(Ok(sealed.key_id.clone()), made);
        assert!(!dir.path().join("identity/230104000000.key").exists());
        assert!(vault.open(&county, &bound, &sealed) == Ok(someone()));
        // Another vault says what is wrong.
        let stranger = Vault::new(&room().path().join("empty"), Ids);
        assert!(stranger.open(&county, &bound, &sealed) == Err(Shut::NoKey));
        let other = room();
        let wrong = Vault::new(other.path(), Ids);
        wrong.public_half(&county).unwrap();
        assert!(wrong.open(&county, &bound, &sealed) == Err(Shut::OtherKey));
    }
}
