//! The vault: the counties' private keys, in the hands of processes with the role `vault` and of nobody else
//! (security.md 1.4.2). Whoever has it can open what `ports::sealer` sealed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::complaint::intake::Identity;
use domain::region::RegionCode;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, Serializable as _};

use super::ids::Ids;
use super::sealer::{Bound, KEM_BYTES, Kem, SCHEMA, Sealed, key_id};
use super::secrets::{private_dir, read_or_make};

/// Why an identity did not open. Nothing is lost by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    /// The county's private key is not there.
    NoKey,
    /// It is there, and is not the one this was sealed to.
    OtherKey,
    /// It is the one, and does not open it: the ciphertext was altered, or is another case's.
    Altered,
    /// The key's file could not be read: one sentence for the operator.
    Broken(String),
}

/// Where the private keys are: `<county>.key`, 32 bytes, mode 0600. Has no `Debug`.
#[derive(Clone)]
pub struct Vault {
    dir: PathBuf,
    ids: Ids,
}

impl Vault {
    /// The vault of a directory; nothing is read yet.
    #[must_use]
    pub fn new(dir: &Path, ids: Ids) -> Self {
        Self {
            dir: dir.to_owned(),
            ids,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn path(&self, county: &RegionCode) -> PathBuf {
        self.dir.join(format!("{county}.key"))
    }

    /// The public half of a county's key, making the key if there is none.
    pub(super) fn public_half(&self, county: &RegionCode) -> std::io::Result<Vec<u8>> {
        private_dir(&self.dir)?;
        let seed = read_or_make(&self.path(county), self.ids)?;
        Ok(Kem::derive_keypair(&seed).1.to_bytes().to_vec())
    }

    fn seed(&self, county: &RegionCode) -> Result<Vec<u8>, Shut> {
        let path = self.path(county);
        match fs::read(&path) {
            Ok(seed) if seed.len() == KEM_BYTES => Ok(seed),
            Ok(_) => Err(Shut::Broken(format!(
                "{} does not hold {KEM_BYTES} bytes",
                path.display()
            ))),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Shut::NoKey),
            Err(error) => Err(Shut::Broken(format!("{}: {error}", path.display()))),
        }
    }

    /// The id of a county's key.
    ///
    /// # Errors
    /// [`Shut`], but for what is sealed.
    pub fn key_id(&self, county: &RegionCode) -> Result<String, Shut> {
        let seed = self.seed(county)?;
        Ok(key_id(&Kem::derive_keypair(&seed).1.to_bytes()))
    }

    /// Opens what was sealed to a county and bound to something.
    ///
    /// # Errors
    /// [`Shut`].
    pub fn open(
        &self,
        county: &RegionCode,
        bound: &Bound<'_>,
        sealed: &Sealed,
    ) -> Result<Identity, Shut> {
        let seed = self.seed(county)?;
        let (private, public) = Kem::derive_keypair(&seed);
        if key_id(&public.to_bytes()) != sealed.key_id {
            return Err(Shut::OtherKey);
        }
        let (encapsulated, ciphertext) = sealed
            .bytes
            .split_at_checked(KEM_BYTES)
            .ok_or(Shut::Altered)?;
        let encapsulated =
            <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Shut::Altered)?;
        let clear = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            SCHEMA.as_bytes(),
            ciphertext,
            &bound.bytes(),
        )
        .map_err(|_| Shut::Altered)?;
        serde_json::from_slice(&clear).map_err(|_| Shut::Altered)
    }
}
