//! Compared with what.

mod groups;
mod laws;
mod normality;
