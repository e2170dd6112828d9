//! Sealed identities (security.md 1.4.2): one HPKE seal (X25519, HKDF-SHA256, ChaCha20-Poly1305) per case
//! to the county's public key. This process can seal; opening needs the private key, which only the vault
//! role will read (its workflow comes with the protection issue).

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::canon::sha256_hex;
use domain::complaint::intake::Identity;
use domain::id::ComplaintId;
use domain::region::RegionCode;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeS, Serializable as _};

use super::ids::Ids;
use super::secrets::private_dir;

type Kem = X25519HkdfSha256;
/// The form of the sealed JSON, bound into the seal.
const SCHEMA: &str = "yidiantong/identity/v1";

/// What is stored of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: String,
    /// Encapsulated key and ciphertext.
    pub bytes: Vec<u8>,
}

/// Seals identities.
#[derive(Clone)]
pub struct Sealer {
    dir: PathBuf,
    ids: Ids,
}

fn broken(what: impl std::fmt::Display) -> String {
    format!("sealing an identity: {what}")
}

/// What is bound into the seal besides the key: no ciphertext can be moved to another case.
fn bound_to(case: &ComplaintId) -> Vec<u8> {
    format!("{SCHEMA}\0{case}").into_bytes()
}

impl Sealer {
    /// Keys live in `identity/` of the secrets' directory: `<county>.pub` for everybody who seals,
    /// `<county>.key` (mode 0600) for the vault.
    #[must_use]
    pub fn new(secrets_dir: &Path, ids: Ids) -> Self {
        Self {
            dir: secrets_dir.join("identity"),
            ids,
        }
    }

    fn public_key(&self, county: &RegionCode) -> Result<Vec<u8>, String> {
        let path = self.dir.join(format!("{county}.pub"));
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.make(county),
            Err(error) => Err(broken(error)),
        }
    }

    /// Makes a county's pair. The private half is written first: a public key nobody can open would lose
    /// identities.
    fn make(&self, county: &RegionCode) -> Result<Vec<u8>, String> {
        private_dir(&self.dir).map_err(broken)?;
        let seed = super::secrets::read_or_make(&self.dir.join(format!("{county}.key")), self.ids)
            .map_err(broken)?;
        let (_, public) = Kem::derive_keypair(&seed);
        let bytes = public.to_bytes().to_vec();
        let part = self
            .dir
            .join(format!("{county}.pub.{}", self.ids.request_id()));
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o644)
            .open(&part)
            .map_err(broken)?;
        file.write_all(&bytes)
            .and_then(|()| file.sync_all())
            .map_err(broken)?;
        fs::rename(&part, self.dir.join(format!("{county}.pub"))).map_err(broken)?;
        Ok(bytes)
    }

    /// Seals one identity for one case.
    ///
    /// # Errors
    /// A sentence for the operator; nothing of the identity is in it.
    pub fn seal(
        &self,
        county: &RegionCode,
        case: &ComplaintId,
        identity: &Identity,
    ) -> Result<Sealed, String> {
        let public = self.public_key(county)?;
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&public).map_err(broken)?;
        let clear = serde_json::to_vec(identity).map_err(broken)?;
        let (encapsulated, ciphertext) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
                &OpModeS::Base,
                &key,
                SCHEMA.as_bytes(),
                &clear,
                &bound_to(case),
            )
            .map_err(broken)?;
        let id = sha256_hex(&public);
        Ok(Sealed {
            key_id: id.get(..16).unwrap_or(&id).to_owned(),
            bytes: [encapsulated.to_bytes().to_vec(), ciphertext].concat(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hpke::OpModeR;

    #[test]
    fn only_the_private_key_and_the_right_case_open_it() {
        let dir = std::env::temp_dir().join(format!("ydt-sealer-{}", Ids.request_id()));
        let sealer = Sealer::new(&dir, Ids);
        let county = RegionCode::try_from("230104000000").unwrap();
        let case = ComplaintId::try_from("a").unwrap();
        let identity = Identity {
            name: Some("演示甲".into()),
            phone: Some("13800000000".into()),
            email: None,
        };
        let sealed = sealer.seal(&county, &case, &identity).unwrap();
        assert!(!String::from_utf8_lossy(&sealed.bytes).contains("13800000000"));

        let seed = fs::read(dir.join("identity/230104000000.key")).unwrap();
        let (private, _) = Kem::derive_keypair(&seed);
        let (encapsulated, ciphertext) = sealed.bytes.split_at(32);
        let open = |case: &ComplaintId| {
            hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
                &OpModeR::Base,
                &private,
                &<Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).unwrap(),
                SCHEMA.as_bytes(),
                ciphertext,
                &bound_to(case),
            )
        };
        let clear: Identity = serde_json::from_slice(&open(&case).unwrap()).unwrap();
        assert!(clear == identity);
        assert!(open(&ComplaintId::try_from("b").unwrap()).is_err());
        fs::remove_dir_all(dir).unwrap();
    }
}
