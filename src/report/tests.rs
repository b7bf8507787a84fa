//! What a page promises: inert, bounded, the same bytes.

use super::*;
