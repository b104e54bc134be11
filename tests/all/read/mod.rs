//! Files as they are published.

mod columns;
mod doubtful;
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
mod regions;
mod shapes;
mod sheet;
mod spans;
mod unreadable;
mod workbook;
