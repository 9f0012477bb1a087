"""What comes later: futures, generators and streams."""

from __future__ import annotations

from .marks import check_host_types, check_types


def test_what_is_awaited_is_what_the_function_gives() -> None:
    check_types("""
async fn later() { 1 }
async fn fails() { Err("no")?; Ok(1) }
pub async fn main() {
    let future = later();
      //^^^^^^ Future<i64>
    let number = future.await;
      //^^^^^^ i64
    let outcome = fails().await;
      //^^^^^^^ Result<i64, String>
    let block = async { if number == 2 { return "a"; } 1.5 };
      //^^^^^ Future<String | f64>
    let given = block.await;
      //^^^^^ String | f64
    let closure = async |a| 'a';
      //^^^^^^^ fn(any) -> Future<char>
    let letter = closure(1).await;
      //^^^^^^ char
}""")


def test_select_gives_what_one_of_its_arms_does() -> None:
    check_types("""
async fn number() { 1 }
async fn text() { "a" }
pub async fn main() {
    let first = number();
    let second = text();
    let given = select {
      //^^^^^ f64 | String | ()
        n = first => n as f64,
      //^ i64
        t = second => t,
      //^ String
    };
}""")


def test_generators_and_streams_are_no_values_yet() -> None:
    check_types("""
fn numbers() { let sent = yield 1; sent }
                 //^^^^ ?
async fn texts() { yield "a"; }
fn plain() { let make = || { yield 1; }; make(); 2 }
pub async fn main() {
    let generator = numbers();
      //^^^^^^^^^ Generator
    let stream = texts();
      //^^^^^^ Stream
    let number = plain();
      //^^^^^^ i64
    for each in generator {
      //^^^^ ?
    }
}""")


def test_the_hosts_futures_give_what_the_host_says() -> None:
    check_host_types("""
pub async fn f() {
    let newest = Session::newest();
      //^^^^^^ Future<Option<Session>>
    let title = newest.await?.title;
      //^^^^^ Option<String>
}""")
