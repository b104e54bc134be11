#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| crimerate_fuzz::streets(data));
