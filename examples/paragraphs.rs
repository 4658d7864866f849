use std::path::Path;
fn main() {
    for path in std::env::args().skip(1) {
        let s = gongbao::read::load(Path::new(&path), path.clone()).unwrap();
        let t = gongbao::normalise::normalise(&s);
        for p in &t.paragraphs {
            println!("{}{}", if p.blank_before { "  " } else { "> " }, &t.clean[p.span.clone()]);
        }
        for n in &t.noise {
            println!("NOISE {} {:?}", n.kind, &s.text[n.span.clone()]);
        }
    }
}
