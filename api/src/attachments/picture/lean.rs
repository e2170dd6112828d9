//! A PNG without what surrounds its pixels, before anything reads it. Colour profiles and texts in a PNG are packed, and
//! its decoder unpacks them whether anybody wants them or not: three hundred kilobytes of a profile become as many
//! megabytes. Nothing of them is kept, so nothing of them is read. JPEG and WebP carry theirs as they are, within the ten
//! megabytes that were sent.

use std::borrow::Cow;

/// The eight bytes that every PNG begins with.
const SIGNATURE: usize = 8;
/// Length, name and sum around a chunk's contents.
const AROUND: usize = 12;
/// Beside the chunks that make the picture itself: which of its colours shine through, and which way up it is.
const KEPT: [&[u8]; 2] = [b"tRNS", b"eXIf"];

/// The same PNG with nothing but its pixels and how they lie. What does not fit together stays as it is, for the decoder
/// to refuse.
pub(super) fn lean(sent: &[u8]) -> Cow<'_, [u8]> {
    let Some(signature) = sent.get(..SIGNATURE) else {
        return Cow::Borrowed(sent);
    };
    let mut lean = signature.to_vec();
    let mut at = SIGNATURE;
    while let Some((name, whole)) = sent.get(at..).and_then(first_chunk) {
        // A capital says that the picture cannot be drawn without it.
        let is_needed = name.first().is_some_and(u8::is_ascii_uppercase);
        if is_needed || KEPT.contains(&name) {
            lean.extend_from_slice(whole);
        }
        at += whole.len();
        if name == b"IEND" {
            return Cow::Owned(lean);
        }
    }
    // Cut off in the middle of a chunk.
    lean.extend_from_slice(sent.get(at..).unwrap_or_default());
    Cow::Owned(lean)
}

/// The name of the chunk that bytes begin with, and all of it.
fn first_chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let whole = bytes.get(..length.checked_add(AROUND)?)?;
    Some((rest.get(..4)?, whole))
}
