package storetest

import (
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

func testKept(p *paper) {
	s, ann, bob := p.article(ago(time.Hour)), p.member(), p.member()
	parent := p.comment(s, ann, ago(time.Minute))
	k := news.KeptComment{TokenHash: []byte("\x00t"), Kind: news.KeptReport, ArticleID: s.ID, ParentID: &parent.ID,
		TargetID: &parent.ID, Body: "Words 👋", Reason: "spam", Order: news.OrderRecommended, Page: 3, Version: 7, CreatedAt: noon, ExpiresAt: noon.Add(news.KeptFor)}
	p.must(p.KeepComment(p.ctx, k))
	p.wants(news.ErrConflict, p.KeepComment(p.ctx, k), "a token used twice")
	for _, reader := range []int64{0, ann.ID, bob.ID} { // anybody with the token, as yet
		got, err := p.KeptComment(p.ctx, k.TokenHash, noon, reader)
		p.must(err)
		if diff := cmp.Diff(k, got); diff != "" {
			p.Errorf("read (+) is not what was written (-):\n%s", diff)
		}
	}
	p.must(p.ClaimKept(p.ctx, k.TokenHash, ann.ID))
	p.must(p.ClaimKept(p.ctx, k.TokenHash, ann.ID)) // hers already
	p.wants(news.ErrNotFound, p.ClaimKept(p.ctx, k.TokenHash, bob.ID), "claim of another's")
	p.wants(news.ErrNotFound, p.ClaimKept(p.ctx, []byte("none"), bob.ID), "claim of nothing")
	for reader, want := range map[int64]error{ann.ID: nil, bob.ID: news.ErrNotFound, 0: news.ErrNotFound} {
		_, err := p.KeptComment(p.ctx, k.TokenHash, noon, reader)
		p.wants(want, err, "claimed comment")
	}
	_, err := p.KeptComment(p.ctx, k.TokenHash, k.ExpiresAt.Add(-time.Microsecond), ann.ID)
	p.must(err)
	_, err = p.KeptComment(p.ctx, k.TokenHash, k.ExpiresAt, ann.ID)
	p.wants(news.ErrNotFound, err, "expired comment")

	later := k
	later.TokenHash, later.ExpiresAt, later.Order, later.Kind = []byte("later"), k.ExpiresAt.Add(1000), "", ""
	p.must(p.KeepComment(p.ctx, later))
	got, err := p.KeptComment(p.ctx, later.TokenHash, noon, ann.ID)
	if err != nil || got.Kind != news.KeptNew || got.Order != news.OrderNewest {
		p.Errorf("as it comes: %+v, %v", got, err)
	}
	if n, err := p.SweepKept(p.ctx, k.ExpiresAt); err != nil || n != 1 {
		p.Errorf("swept %d, %v; want 1", n, err)
	}
	p.must(p.DropKept(p.ctx, later.TokenHash))
	p.must(p.DropKept(p.ctx, later.TokenHash)) // gone already
	_, err = p.KeptComment(p.ctx, later.TokenHash, noon, 0)
	p.wants(news.ErrNotFound, err, "dropped comment")
}
