//! How much the compiler is asked to do for one check.

use crate::compile::weight;
use crate::files::File;

/// So many times over, and so many bytes more, the compiler is given the script before the checker is content with what
/// it has. That is some hundred mistakes in one function; those of different functions are found together.
const COMPILES: usize = 16;
const SPARE_BYTES: usize = 1 << 20;
/// What a compile costs beside its text, in bytes of text.
const BYTES_PER_COMPILE: usize = 512;

/// How many bytes the compiler may still be given.
pub struct Budget {
    left: usize,
    /// Whether it wanted more, so that it may not have said all.
    pub is_spent: bool,
}

impl Budget {
    /// What the check of these files may cost.
    pub fn of(files: &[File]) -> Budget {
        let size: usize = files.iter().map(|file| file.text.len()).sum();
        let items: usize = files.iter().map(|file| file.items.len()).sum();
        Budget {
            left: size * COMPILES + items * BYTES_PER_COMPILE + SPARE_BYTES,
            is_spent: false,
        }
    }

    /// Takes out what compiling these texts costs; None if that is more than there is. Blanks cost next to nothing.
    pub fn spend<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t (impl AsRef<str> + ?Sized + 't)>,
    ) -> Option<()> {
        let cost = BYTES_PER_COMPILE + texts.map(|text| weight(text.as_ref())).sum::<usize>();
        let rest = self.left.checked_sub(cost);
        self.is_spent |= rest.is_none();
        self.left = rest?;
        Some(())
    }
}
