//! Randomness, passed in so that a test can fix it.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// Fills buffers with random bytes. Clones share the source.
#[derive(Clone)]
pub struct Randomness(Arc<Fill>);

impl Randomness {
    /// The operating system's generator.
    ///
    /// # Panics
    /// If the operating system has no randomness to give: nothing safe can be done then (no reference, no `jti`).
    pub fn system() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "a guessable call reference or jti is worse than no answer; the handler turns the panic into a sentence"
        )]
        Self(Arc::new(|buffer| {
            getrandom::fill(buffer).expect("the operating system gives random bytes");
        }))
    }

    /// A source that fills with what `fill` fills with, for tests.
    pub fn from_fn(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut buffer = [0; N];
        (self.0)(&mut buffer);
        buffer
    }

    /// An unguessable name of 256 random bits in base64url: 43 characters.
    pub fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A number in `0.0..1.0`, for jitter.
    pub fn fraction(&self) -> f64 {
        f64::from(u32::from_be_bytes(self.bytes())) / (f64::from(u32::MAX) + 1.0)
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Randomness")
    }
}
