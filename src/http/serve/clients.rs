//! How much one client may ask. Who a client is, a connection tells, or a proxy that is trusted.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::http::problem::Problem;

/// Seconds' worth of requests that may come at once: a page asks for several things, and who types asks with each key.
const BURST_SECONDS: u32 = 5;
/// Requests between two times that clients are forgotten who may again ask as much as any.
const BETWEEN_TIDYINGS: u32 = 4_096;
/// The header that proxies write the addresses to which they pass on for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// What clients may ask, kept in memory alone and only for as long as it matters.
pub struct ClientLimits {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    trusted_proxies: Vec<IpNet>,
    requests: AtomicU32,
}

impl ClientLimits {
    /// So many requests a second for each client, and a burst of five times as many. What `trusted_proxies` say of whom
    /// they pass a request on for is believed; of others it is not.
    pub fn new(requests_per_second: NonZeroU32, trusted_proxies: Vec<IpNet>) -> ClientLimits {
        let burst = requests_per_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST_SECONDS - 1));
        let quota = Quota::per_second(requests_per_second).allow_burst(burst);
        ClientLimits { limiter: RateLimiter::keyed(quota), trusted_proxies, requests: AtomicU32::new(0) }
    }

    /// Counts a request; where it is one too many, how long until the next may come.
    fn check(&self, client: IpAddr) -> Result<(), Duration> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % BETWEEN_TIDYINGS == BETWEEN_TIDYINGS - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let checked = self.limiter.check_key(&network(client));
        checked.map_err(|refused| refused.wait_time_from(DefaultClock::default().now()))
    }

    /// Whom a request of `peer` is from: the last address that no trusted proxy has.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
        let forwarded: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut client = peer;
        for address in forwarded.iter().rev() {
            if !self.trusts(client) {
                break;
            }
            // What a proxy writes that is no address tells nothing beyond the proxy.
            let Some(address) = address_in(address) else { break };
            client = address;
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted_proxies.iter().any(|network| network.contains(&address))
    }
}

/// An address as proxies write it, with or without a port.
fn address_in(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

/// What counts as one client: an address, of IPv6 the network of 64 bits that one subscriber has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
        IpAddr::V4(address) => address.into(),
    }
}

/// The middleware that sends away who asks too much.
pub(in crate::http) async fn limit(
    State(limits): State<Option<Arc<ClientLimits>>>,
    request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip());
    let checked = match (limits, peer) {
        (Some(limits), Some(peer)) => limits.check(limits.client(peer, request.headers())),
        _ => Ok(()),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(wait) => refused(wait),
    }
}

fn refused(wait: Duration) -> Response {
    let mut response = Problem::too_many_requests().into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn limits(requests_per_second: u32) -> ClientLimits {
        let trusted = ["127.0.0.0/8", "2001:db8:1::/48"].map(|network| network.parse().expect("a network"));
        ClientLimits::new(NonZeroU32::new(requests_per_second).expect("a number"), trusted.to_vec())
    }

    #[rstest]
    #[case::no_proxy("203.0.113.7", None, "203.0.113.7")]
    #[case::what_a_client_writes_itself("203.0.113.7", Some("198.51.100.1"), "203.0.113.7")]
    #[case::a_proxy("127.0.0.1", Some("198.51.100.1"), "198.51.100.1")]
    #[case::a_client_that_lies_to_a_proxy("127.0.0.1", Some("192.0.2.9, 198.51.100.1"), "198.51.100.1")]
    #[case::two_proxies("127.0.0.1", Some("198.51.100.1, 2001:db8:1::2"), "198.51.100.1")]
    #[case::with_ports("127.0.0.1", Some("198.51.100.1:4711, [2001:db8:1::2]:80"), "198.51.100.1")]
    #[case::no_address("127.0.0.1", Some("198.51.100.1, unknown"), "127.0.0.1")]
    #[case::nothing_told("127.0.0.1", None, "127.0.0.1")]
    fn a_client_is_who_no_trusted_proxy_is(#[case] peer: &str, #[case] header: Option<&str>, #[case] expected: &str) {
        let headers = header.map(|value| (FORWARDED_FOR.parse().expect("a name"), value.parse().expect("a value")));
        let client = limits(1).client(peer.parse().expect("an address"), &headers.into_iter().collect());
        assert_eq!(client.to_string(), expected);
    }

    #[test]
    fn who_asks_too_much_waits_and_others_do_not() {
        let limits = limits(2);
        let client = |text: &str| text.parse().expect("an address");
        for _ in 0..2 * BURST_SECONDS {
            assert!(limits.check(client("2001:db8::1")).is_ok());
        }
        let wait = limits.check(client("2001:db8::2")).expect_err("one network");
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
        assert!(limits.check(client("2001:db8:0:1::1")).is_ok());
        assert!(limits.check(client("203.0.113.7")).is_ok());
    }
}
