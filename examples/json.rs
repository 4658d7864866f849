use std::path::Path;
fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap();
    for path in args {
        let s = match gongbao::read::load(Path::new(&path), path.clone()) {
            Ok(s) => s,
            Err(e) => {
                eprintln!("{e:#}");
                continue;
            }
        };
        let t = gongbao::normalise::normalise(&s);
        let o = gongbao::segment::segment(&t);
        let r = gongbao::assemble::assemble(&s, t, o);
        let cp = |b: usize| s.text[..b].chars().count();
        let sp = |x: &gongbao::span::Span| {
            let y = r.map.source(x);
            (cp(y.start), cp(y.end))
        };
        let docs: Vec<_> = r.documents.iter().map(|d| { let (a,b)=sp(&d.span); serde_json::json!({"id":d.id,"title":d.title,"instrument":d.instrument,"edition":d.edition,"kind":format!("{:?}",d.kind),"doc_number":d.doc_number,"issuer":d.issuer,"signed":d.signed.map(|x|x.to_string()),"effective":d.effective.map(|x|x.to_string()),"start":a,"end":b})}).collect();
        let form = |f: &gongbao::model::Form| {
            use gongbao::model::Form::*;
            match f {
                Part => "part",
                Chapter => "chapter",
                Section => "section",
                Article => "article",
                Paragraph => "paragraph",
                Cn => "cn",
                CnParen => "cn_paren",
                Num => "num",
                NumParen => "num_paren",
                Circled => "circled",
                Letter => "letter",
                Dash => "dash",
                Preamble => "preamble",
                Closing => "closing",
            }
        };
        let provs: Vec<_> = r.provisions.iter().map(|p| { let (a,b)=sp(&p.span); serde_json::json!({"id":p.id,"document":p.document,"parent":p.parent,"form":form(&p.form),"article":p.article,"label":p.label,"number":p.number,"heading":p.heading,"text":p.text,"start":a,"end":b})}).collect();
        let tabs: Vec<_> = r.tables.iter().map(|t| { let (a,b)=sp(&t.span); serde_json::json!({"id":t.id,"start":a,"end":b,"caption":t.caption,"columns":t.columns.iter().map(|c|&c.name).collect::<Vec<_>>(),"rows":t.rows.len()})}).collect();
        let noise: Vec<_> = r
            .noise
            .iter()
            .map(|n| serde_json::json!({"kind":n.kind,"start":cp(n.span.start),"end":cp(n.span.end)}))
            .collect();
        let diags: Vec<_> = r.diagnostics.iter().map(|n| serde_json::json!({"code":n.code,"message":n.message,"start":cp(n.span.start),"end":cp(n.span.end)})).collect();
        let j = serde_json::json!({"schema":"gongbao/1","source":{"chars":s.text.chars().count()},"issue":null,"documents":docs,"provisions":provs,"tables":tabs,"amounts":[],"percentages":[],"caps":[],"lead_units":[],"deadlines":[],"noise":noise,"diagnostics":diags});
        let name = Path::new(&path).file_stem().unwrap().to_str().unwrap().to_owned();
        std::fs::write(format!("{out}/{name}.json"), serde_json::to_string_pretty(&j).unwrap()).unwrap();
    }
}
