//! Collection in the product: the real binary, or its parts with a clock moved by hand, against simulated vendors.

mod figures;
mod kills;
mod rig;
mod sync;
