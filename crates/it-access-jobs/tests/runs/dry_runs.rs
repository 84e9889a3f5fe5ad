//! What a dry run shows is what is sent, byte for byte.

use std::{
    io::{BufRead, BufReader, Cursor, Read, Write},
    net::TcpListener,
    thread,
};

use it_access::{AccessToken, Client, DeviceAction, ExemptFor, Retry, Unpaced};
use it_access_jobs::{DryRequest, DryRunError, IdKind, Jobs, List, ListFormat, Plan, RunOptions};

use crate::support::{TOKEN, some};

/// Answers this many requests, and gives back the method, URL and body of each.
fn listen(requests: usize) -> (String, thread::JoinHandle<Vec<[String; 3]>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let host = base_url.clone();
    let heard = thread::spawn(move || {
        let answered = (0..requests).map(|_| {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let mut head = Vec::new();
            while head.last().is_none_or(|line: &String| line != "\r\n") {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                head.push(line);
            }
            let length = head.iter().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
            });
            let mut body = vec![0; length.unwrap()];
            reader.read_exact(&mut body).unwrap();
            let answer =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
            (&stream).write_all(answer.as_bytes()).unwrap();
            let mut start = head[0].split(' ');
            let (method, path) = (start.next().unwrap(), start.next().unwrap());
            [method.to_owned(), format!("{host}{path}"), String::from_utf8(body).unwrap()]
        });
        answered.collect()
    });
    (base_url, heard)
}

fn shown(request: Result<DryRequest, DryRunError>) -> [String; 3] {
    let request = request.unwrap();
    [request.method.to_owned(), request.url.replace("[hidden]", TOKEN), request.body]
}

#[tokio::test]
async fn a_dry_run_shows_what_is_sent() {
    let actions = [
        DeviceAction::Exempt(ExemptFor::hours(60).unwrap()),
        DeviceAction::Exempt(ExemptFor::Forever),
        DeviceAction::Unexempt,
        DeviceAction::Ignore,
        DeviceAction::Unignore,
        DeviceAction::Delete,
        DeviceAction::RenewDhcp,
        DeviceAction::ReIdentify,
        DeviceAction::AssignToGroup("finance \"1\"".parse().unwrap()),
    ];
    let lists = [
        (IdKind::Hwids, "device123\nüber \\ quoted\ndevice789\n"),
        (IdKind::MacAddresses, "00-0C-29-CD-C7-B2\n000c.29cd.c7b3\n000c29cdc7b4\n"),
    ];
    for action in actions {
        for (kind, text) in lists {
            let list = List::reading("list", Cursor::new(text)).format(ListFormat::Text);
            let plan = Plan::builder(action.clone(), kind, list).build().unwrap();
            let (base_url, heard) = listen(2);
            let client = Client::builder()
                .base_url(&base_url)
                .tokens(TOKEN.parse::<AccessToken>().unwrap())
                .quota(Unpaced)
                .retry(Retry::never())
                .build()
                .unwrap();
            let expected: Vec<_> = plan.dry_run(&base_url, some(2)).map(shown).collect();
            assert!(
                plan.dry_run(&base_url, some(2)).all(|it| !it.unwrap().to_string().contains(TOKEN))
            );

            let home = tempfile::tempdir().unwrap();
            let job = Jobs::in_folder(home.path()).create(&plan, &base_url).unwrap();
            let report = job.report().unwrap();
            let left: Vec<_> = report.dry_run(&base_url, some(2)).map(shown).collect();
            assert_eq!(left, expected);
            let run = job.run(&client, RunOptions::default().batch_size(some(2))).await.unwrap();
            assert_eq!(run.counts.unreported, 3, "{action}");
            assert_eq!(heard.join().unwrap(), expected, "{action}");
            assert_eq!(job.report().unwrap().dry_run(&base_url, some(2)).count(), 0);
        }
    }
}
