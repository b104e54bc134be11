mod police;
mod published_tables;
mod sheet;
mod unreadable;
mod workbook;
