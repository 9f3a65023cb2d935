package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"broadsheet/internal/news"
)

// clientAddress is where a request comes from: the connection's other end,
// unless that is a proxy of ours; then the right-most forwarded address that
// is not one. Whatever stands further left can be made up by anybody.
func (s *Server) clientAddress(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	peer, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	peer = peer.Unmap()
	if !s.trusted(peer) {
		return peer
	}
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(forwarded) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(forwarded[i]))
		if err != nil {
			break // what a proxy of ours wrote is an address
		}
		peer = address.Unmap()
		if !s.trusted(peer) {
			break
		}
	}
	return peer
}

func (s *Server) trusted(a netip.Addr) bool {
	for _, network := range s.cfg.TrustedProxies {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// network is the address network of a request, as a keyed hash: the whole
// address for IPv4, the /64 that one household has for IPv6. The address
// itself is stored nowhere.
func (s *Server) network(r *http.Request) []byte {
	a := s.clientAddress(r)
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			a = p.Addr()
		}
	}
	return s.sign("network", a.String())
}

// sign is a keyed hash of a text for one use; without the site's secret it
// can neither be made nor undone by trying.
func (s *Server) sign(use, text string) []byte {
	mac := hmac.New(sha256.New, s.cfg.Secret)
	mac.Write([]byte(use + "\x00" + text)) // never returns an error
	return mac.Sum(nil)
}

// networkKey names the request's network in limits.
func (s *Server) networkKey(r *http.Request) string { return hex.EncodeToString(s.network(r)) }

// take counts one use against a limit, and refuses with the time to wait.
func (s *Server) take(r *http.Request, l news.Limit, key string) error {
	if s.cfg.Unlimited {
		return nil
	}
	wait, err := s.db.Take(r.Context(), l, key, news.Instant(s.cfg.Now()))
	if err == nil && wait > 0 {
		err = &news.TooManyError{RetryAfter: wait}
	}
	return err
}

// peek refuses like take where a limit is used up, without counting.
func (s *Server) peek(r *http.Request, l news.Limit, key string) error {
	if s.cfg.Unlimited {
		return nil
	}
	wait, err := s.db.Peek(r.Context(), l, key, news.Instant(s.cfg.Now()))
	if err == nil && wait > 0 {
		err = &news.TooManyError{RetryAfter: wait}
	}
	return err
}
