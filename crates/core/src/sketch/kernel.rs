//! Which instructions compute signatures: chosen once, by what the machine has.

use super::scalar;

/// The instructions a signature is computed with. All give the same signatures.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kernel {
    /// Plain Rust, the definition.
    Scalar,
    /// Eight slots an instruction (x86-64).
    Avx2,
    /// Sixteen slots an instruction (x86-64).
    Avx512,
}

impl Kernel {
    /// The widest kernel this machine has.
    pub fn detect() -> Kernel {
        Kernel::available()
            .last()
            .copied()
            .unwrap_or(Kernel::Scalar)
    }

    /// The kernels this machine has, narrowest first.
    pub fn available() -> Vec<Kernel> {
        #[allow(unused_mut)] // grows on x86-64 only
        let mut kernels = vec![Kernel::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            kernels.extend(super::avx2::Avx2::new().map(|_| Kernel::Avx2));
            kernels.extend(super::avx512::Avx512::new().map(|_| Kernel::Avx512));
        }
        kernels
    }
}

pub(super) fn sign(
    kernel: Kernel,
    shingles: &[u64],
    multipliers: &[u32],
    masks: &[u32],
    signature: &mut [u32],
) {
    #[cfg(target_arch = "x86_64")]
    {
        use super::{avx2::Avx2, avx512::Avx512};
        if let (Kernel::Avx512, Some(avx512)) = (kernel, Avx512::new()) {
            return avx512.sign(shingles, multipliers, masks, signature);
        }
        if let (Kernel::Avx2, Some(avx2)) = (kernel, Avx2::new()) {
            return avx2.sign(shingles, multipliers, masks, signature);
        }
    }
    let _ = kernel;
    scalar::sign(shingles, multipliers, masks, signature);
}
