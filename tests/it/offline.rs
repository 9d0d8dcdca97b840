//! Nothing leaves this machine: the default build holds no crate that speaks HTTP or TLS.

use std::process::Command;

use crate::study_files::root;

#[test]
fn the_default_build_holds_no_http_or_tls_crate() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal,build", "--prefix", "none", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = tree.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert!(names.contains(&"polars-core") && names.len() > 100, "the tree is not the one expected");
    let speaks = [
        "reqwest",
        "hyper",
        "h2",
        "http",
        "rustls",
        "native-tls",
        "openssl",
        "openssl-sys",
        "ring",
        "aws-lc-rs",
        "ureq",
        "curl",
        "isahc",
        "object_store",
        "tungstenite",
        "quinn",
        "tonic",
        "s2n-tls",
        "boring",
        "schannel",
        "security-framework",
    ];
    let found: Vec<&&str> = names.iter().filter(|n| speaks.contains(n)).collect();
    assert!(found.is_empty(), "these crates speak HTTP or TLS: {found:?}");
}
