//! Which instructions a run uses. Results do not depend on it; times do.

use crate::{sketch, text};

/// The widest instructions that a run may use.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Instructions {
    /// The widest that the machine has.
    #[default]
    Widest,
    /// At most AVX2: what most x86-64 machines of the last ten years have.
    Avx2,
    /// None but those that every machine has: the definition.
    Scalar,
}

impl Instructions {
    /// The kernel that cuts texts into words.
    pub fn text(self) -> text::Kernel {
        let avx2 = || text::Kernel::available().contains(&text::Kernel::Avx2);
        match self {
            Instructions::Widest => text::Kernel::detect(),
            Instructions::Avx2 if avx2() => text::Kernel::Avx2,
            Instructions::Avx2 | Instructions::Scalar => text::Kernel::Scalar,
        }
    }

    /// The kernel that computes signatures.
    pub fn sketch(self) -> sketch::Kernel {
        let avx2 = || sketch::Kernel::available().contains(&sketch::Kernel::Avx2);
        match self {
            Instructions::Widest => sketch::Kernel::detect(),
            Instructions::Avx2 if avx2() => sketch::Kernel::Avx2,
            Instructions::Avx2 | Instructions::Scalar => sketch::Kernel::Scalar,
        }
    }
}
