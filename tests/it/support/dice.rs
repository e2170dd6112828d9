//! Numbers that look random and are the same every time, and what they do to bytes. The same targets run a few
//! hundred times in `make test` and for as long as somebody likes in `make soak` (`YDT_SOAK=1`, other seeds each
//! time; the seed is printed, and `YDT_SEED` repeats it).

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::{Duration, Instant};

/// xorshift64.
pub struct Dice(u64);

impl Dice {
    /// Of a target's own name, so that a new target changes no other.
    pub fn of(target: &str) -> Self {
        let name = target
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self((name ^ seed()).max(1))
    }

    /// A number below another.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    /// One of some.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    /// `bytes` with one to six changes: bits, bytes, pieces taken out, doubled or cut off, and what parsers trip over.
    pub fn spoiled(&mut self, bytes: &[u8]) -> Vec<u8> {
        const ODD: [&[u8]; 26] = [
            b"\0",
            b"\"",
            b"'",
            b"\\",
            b"\\u0000",
            b"\\ud800",
            b"\xff",
            b"\xc0\x80",
            b"\xed\xa0\x80",
            b"\r\n",
            b"{",
            b"}",
            b"[[[[[[[[",
            b"]",
            b",",
            b":",
            b"-",
            b"-0",
            b"1e999",
            b"99999999999999999999",
            b"null",
            b"%00",
            b"../",
            b"\xef\xbb\xbf",
            "＝１，．".as_bytes(),
            "\u{202e}\u{0301}𠀀".as_bytes(),
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            let to = (at + self.roll(12)).min(bytes.len());
            match self.roll(8) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                1 if at < bytes.len() => bytes[at] = u8::try_from(self.roll(256)).unwrap(),
                2 => drop(bytes.drain(at..to)),
                3 => {
                    let again = bytes[at..to].to_vec();
                    drop(bytes.splice(at..at, again));
                }
                4 if self.roll(6) == 0 => bytes.truncate(at),
                5 => {
                    let far = self.roll(bytes.len() + 1);
                    let piece = bytes[at..to].to_vec();
                    drop(bytes.splice(far..far, piece));
                }
                _ => {
                    let odd = *self.one(&ODD);
                    drop(bytes.splice(at..at, odd.iter().copied()));
                }
            }
        }
        bytes
    }
}

/// What the dice begin with.
fn seed() -> u64 {
    static SEED: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *SEED.get_or_init(|| {
        if let Ok(seed) = std::env::var("YDT_SEED") {
            return seed.parse().expect("YDT_SEED is a number");
        }
        let seed = match soaks() {
            true => RandomState::new().build_hasher().finish(),
            false => 20_261_126,
        };
        eprintln!("YDT_SEED={seed}");
        seed
    })
}

/// Whether this run is a long one.
pub fn soaks() -> bool {
    std::env::var_os("YDT_SOAK").is_some()
}

/// How often a target runs: `usual` times, or in a long run fifty times as often.
pub fn rounds(usual: usize) -> usize {
    if soaks() { usual * 50 } else { usual }
}

/// What is tried just now: whoever panics has it printed, whoever takes too long fails.
pub struct Trying<'a> {
    target: &'a str,
    bytes: &'a [u8],
    begun: Instant,
}

/// How long one input may take, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(40);

impl<'a> Trying<'a> {
    /// Begins.
    pub fn begin(target: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            target,
            bytes,
            begun: Instant::now(),
        }
    }
}

impl Drop for Trying<'_> {
    fn drop(&mut self) {
        let took = self.begun.elapsed();
        if std::thread::panicking() {
            let shown = self.bytes.get(..3000).unwrap_or(self.bytes).escape_ascii();
            eprintln!("{} (seed {}), {took:?}: {shown}", self.target, seed());
        } else {
            assert!(
                took < PATIENCE,
                "{} took {took:?} for {}",
                self.target,
                self.bytes.escape_ascii()
            );
        }
    }
}
