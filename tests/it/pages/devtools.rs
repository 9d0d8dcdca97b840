//! A headless Chromium at the other end of two pipes: pages are opened, keys pressed and what a page says is read, without any crate.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

/// A browser with one open page.
pub struct Browser {
    child: Child,
    to: File,
    from: BufReader<File>,
    folder: PathBuf,
    calls: u64,
    session: Option<String>,
    events: VecDeque<Value>,
}

/// Chromium by one of its names, where it is installed.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|path| path.is_file())
}

impl Browser {
    /// Opens one; where there is none the test says so on standard error and goes on without.
    pub fn open() -> Option<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let Some(program) = chromium() else {
            eprintln!("skipped: pages in a browser (no Chromium here: install Debian's `chromium`)");
            return None;
        };
        let folder = std::env::temp_dir().join(format!("gapmap-browser-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&folder).unwrap();
        let (to, from) = (folder.join("to"), folder.join("from"));
        assert!(Command::new("mkfifo").args([&to, &from]).status().unwrap().success());
        // The browser reads from descriptor 3 and writes to 4; it ends by itself should the test hang.
        let script = "exec timeout 300 \"$0\" --headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe --user-data-dir=\"$1\" 3<\"$2\" 4>\"$3\"";
        let child = Command::new("sh")
            .args(["-c", script])
            .args([&program, &folder.join("profile"), &to, &from])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = File::options().write(true).open(to).unwrap();
        let from = BufReader::new(File::open(from).unwrap());
        let mut browser = Self { child, to, from, folder, calls: 0, session: None, events: VecDeque::new() };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Calls a method and waits for its answer; events that come before are kept.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.next();
            if answer["id"] == json!(id) {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push_back(answer);
        }
    }

    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).unwrap();
        assert!(bytes.pop() == Some(0), "the browser ended");
        serde_json::from_slice(&bytes).unwrap()
    }

    /// Opens a file, with what follows it in the address, and waits until it is loaded.
    pub fn go(&mut self, file: &std::path::Path, rest: &str) {
        // From an address to the same with another fragment nothing would be loaded.
        self.call("Page.navigate", json!({"url": "about:blank"}));
        self.wait_for("Page.loadEventFired");
        self.events.clear();
        self.call("Page.navigate", json!({"url": format!("file://{}{rest}", file.display())}));
        self.wait_for("Page.loadEventFired");
        // The event may be that of the page before: the document is there when it says so.
        let there = |own: &mut Self| own.js("document.documentElement ? document.readyState : ''") == "complete";
        (0..200).find(|_| {
            there(self) || {
                std::thread::sleep(std::time::Duration::from_millis(20));
                false
            }
        });
    }

    fn wait_for(&mut self, method: &str) {
        if self.events.iter().any(|e| e["method"] == method) {
            return;
        }
        loop {
            let event = self.next();
            let found = event["method"] == method;
            self.events.push_back(event);
            if found {
                return;
            }
        }
    }

    /// What an expression gives in the page.
    pub fn js(&mut self, expression: &str) -> Value {
        let told = self.call("Runtime.evaluate", json!({"expression": expression, "awaitPromise": true, "returnByValue": true}));
        assert!(told["exceptionDetails"].is_null(), "{}: {expression:.200}", told["exceptionDetails"]);
        told["result"]["value"].clone()
    }

    /// Presses a key.
    pub fn press(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "ArrowLeft" => 37,
            "ArrowUp" => 38,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => 0,
        };
        let text = if key == "Enter" { json!("\r") } else { Value::Null };
        let mut down =
            json!({"type": if text.is_null() { "rawKeyDown" } else { "keyDown" }, "key": key, "code": key, "windowsVirtualKeyCode": code});
        if !text.is_null() {
            down["text"] = text;
        }
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}));
    }

    /// Types into what has the focus.
    pub fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// How wide the page is, in pixels of style, and how it is looked at: `light` or `dark`, on a screen or on paper.
    pub fn look(&mut self, width: u32, scheme: &str, paper: bool) {
        self.call("Emulation.setDeviceMetricsOverride", json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}));
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"media": if paper { "print" } else { "" }, "features": features}));
    }

    /// What the page asked for beyond itself, and what it said to the console, since it was opened.
    pub fn complaints(&mut self) -> Vec<String> {
        // An answer to this comes after what was said before it.
        self.js("0");
        let complaint = |e: &Value| match e["method"].as_str()? {
            "Network.requestWillBeSent" if e["params"]["type"] != "Document" => Some(format!("asks for {}", e["params"]["request"]["url"])),
            "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded" => Some(e["params"].to_string()),
            _ => None,
        };
        self.events.iter().filter_map(complaint).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
