//! Where a request comes from, as far as that may be known: the peer's address, or the one that a trusted proxy
//! names, under a key that nobody keeps.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;
use governor::clock::Clock as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
pub use ipnet::IpNet as Network;
use sha2::Sha256;

use super::ticks::Ticks;
use crate::ports::ids::Ids;

/// A source, unrecognisable after a day.
pub type Source = [u8; 16];

static FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Nanoseconds of a key's life.
const DAY: u64 = 86_400 * 1_000_000_000;

struct Key {
    since: u64,
    /// The function under the key: to begin from it costs half of keying it for each request.
    mac: Option<Hmac<Sha256>>,
}

impl Key {
    fn of(since: u64, bytes: [u8; 32]) -> Self {
        Self {
            since,
            mac: Hmac::new_from_slice(&bytes).ok(),
        }
    }
}

/// Tells sources apart.
pub struct Sources {
    trusted: Vec<Network>,
    key: RwLock<Key>,
    ids: Ids,
    warned: AtomicBool,
}

impl Sources {
    /// `trusted`: networks of proxies whose `X-Forwarded-For` is believed.
    #[must_use]
    pub fn new(trusted: Vec<Network>, ids: Ids) -> Self {
        Self {
            trusted,
            key: RwLock::new(Key::of(0, ids.bytes())),
            ids,
            warned: AtomicBool::new(false),
        }
    }

    /// The source of a request.
    #[must_use]
    pub fn of(&self, req: &HttpRequest, ticks: &Ticks) -> Source {
        let address = self.address(req);
        let mut source = [0; 16];
        if let Some(mut mac) = self.mac(ticks.now().as_u64()) {
            match address.map(|address| address.to_canonical()) {
                Some(IpAddr::V4(ip)) => mac.update(&ip.octets()),
                // A household has a whole /64.
                Some(IpAddr::V6(ip)) => {
                    mac.update(ip.octets().first_chunk::<8>().map_or(&[], |part| part));
                }
                None => {}
            }
            let digest = mac.finalize().into_bytes();
            for (to, from) in source.iter_mut().zip(digest) {
                *to = from;
            }
        }
        source
    }

    /// The function under the key of the day.
    fn mac(&self, now: u64) -> Option<Hmac<Sha256>> {
        {
            let key = self.key.read().unwrap_or_else(PoisonError::into_inner);
            if now.saturating_sub(key.since) < DAY {
                return key.mac.clone();
            }
        }
        let mut key = self.key.write().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_sub(key.since) >= DAY {
            *key = Key::of(now, self.ids.bytes());
        }
        key.mac.clone()
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted
            .iter()
            .any(|network| network.contains(&address))
    }

    /// The address that the last trusted proxy saw: what stands further left in `X-Forwarded-For` anybody may have
    /// written (ASVS 15.3.4).
    fn address(&self, req: &HttpRequest) -> Option<IpAddr> {
        let peer = req.peer_addr()?.ip();
        let named: Vec<&str> = req
            .headers()
            .get_all(&FORWARDED)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        if !named.is_empty() && self.trusted.is_empty() && peer.is_loopback() {
            self.warn();
        }
        let mut seen = peer;
        for name in named.iter().rev() {
            if !self.is_trusted(seen) {
                break;
            }
            match name.trim().parse() {
                Ok(address) => seen = address,
                Err(_) => break,
            }
        }
        Some(seen)
    }

    /// Once: everybody behind the proxy shares one rate.
    fn warn(&self) {
        if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a proxy on this machine hands requests on and TRUSTED_PROXIES is not set: all people count as one source"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use domain::time::Timestamp;

    use super::*;
    use crate::ports::clock::Clocks;

    fn seen(trusted: &[&str], peer: &str, forwarded: &[&str]) -> Source {
        let networks = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let sources = Sources {
            key: RwLock::new(Key::of(0, [7; 32])),
            ..Sources::new(networks, Ids)
        };
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for value in forwarded {
            request = request.append_header(("X-Forwarded-For", *value));
        }
        let at = Timestamp::from_micros(0);
        sources.of(
            &request.to_http_request(),
            &Ticks::of(&Clocks::stepped(at, at)),
        )
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_word() {
        let plain = seen(&[], "203.0.113.9:1", &[]);
        assert_eq!(plain, seen(&[], "203.0.113.9:2", &["198.51.100.1"]));
        assert_eq!(plain, seen(&["10.0.0.0/8"], "10.0.0.1:1", &["203.0.113.9"]));
        // What the client wrote itself stands to the left.
        assert_eq!(
            plain,
            seen(
                &["10.0.0.0/8"],
                "10.0.0.1:1",
                &["198.51.100.1, 203.0.113.9"]
            )
        );
        // Two proxies of ours.
        assert_eq!(
            plain,
            seen(
                &["10.0.0.0/8"],
                "10.0.0.1:1",
                &["1.2.3.4, 203.0.113.9", "10.0.0.2"]
            )
        );
        assert_ne!(
            plain,
            seen(&["10.0.0.0/8"], "192.0.2.1:1", &["203.0.113.9"])
        );
        assert_ne!(plain, seen(&["10.0.0.0/8"], "10.0.0.1:1", &["nonsense"]));
    }

    #[test]
    fn a_household_is_one_source() {
        let one = seen(&[], "[2001:db8:1:2:3::4]:1", &[]);
        assert_eq!(one, seen(&[], "[2001:db8:1:2:ffff::9]:1", &[]));
        assert_ne!(one, seen(&[], "[2001:db8:1:3::4]:1", &[]));
        assert_eq!(
            seen(&[], "[::ffff:203.0.113.9]:1", &[]),
            seen(&[], "203.0.113.9:1", &[])
        );
    }

    #[test]
    fn a_key_lives_for_a_day() {
        let sources = Sources::new(Vec::new(), Ids);
        let digest = |now| {
            let mac = sources.mac(now).unwrap();
            mac.finalize().into_bytes()
        };
        let first = digest(DAY - 1);
        assert_eq!(first, digest(0));
        let second = digest(DAY);
        assert_ne!(first, second);
        assert_eq!(second, digest(2 * DAY - 1));
    }
}
