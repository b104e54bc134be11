pub(crate) mod limits;
pub(crate) mod normal;
