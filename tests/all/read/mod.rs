//! Files as they are published.

mod columns;
mod faults;
mod headings;
mod hostile;
mod labels;
mod laws;
mod meant;
mod police;
mod published_tables;
mod quiet;
mod records;
mod shapes;
mod sheet;
mod unreadable;
mod workbook;
