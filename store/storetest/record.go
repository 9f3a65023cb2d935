package storetest

import (
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// testRecord reads the record from every side. That nothing in it can be
// changed, by any statement, is tested in the package store.
func testRecord(p *paper) {
	story, boss, mod := p.article(ago(time.Hour)), p.member(role(news.RoleAdministrator)), p.member(role(news.RoleModerator))
	m := p.member()
	c := p.comment(story, m, ago(time.Minute))
	p.decide(mod, news.ActRemove, c)
	p.must(p.Suspend(p.ctx, mod.ID, noon.Add(time.Hour), "Away", news.Act{At: noon.Add(time.Second), ActorID: &boss.ID}))
	_, err := p.DecideThread(p.ctx, boss, story.ID, news.ActClose, "Enough", noon.Add(2*time.Second))
	p.must(err)
	for _, tt := range []struct {
		what string
		f    store.RecordFilter
		want string
		more bool
	}{
		{"all", store.RecordFilter{}, "close suspend remove", false},
		{"a page", store.RecordFilter{Limit: 2}, "close suspend", true},
		{"the next", store.RecordFilter{Limit: 2, Offset: 2}, "remove", false},
		{"comment", store.RecordFilter{CommentID: c.ID}, "remove", false},
		{"article", store.RecordFilter{ArticleID: story.ID}, "close remove", false},
		{"member, done to", store.RecordFilter{MemberID: m.ID}, "remove", false},
		{"member, both", store.RecordFilter{MemberID: mod.ID}, "suspend remove", false},
		{"actor", store.RecordFilter{ActorID: boss.ID}, "close suspend", false},
		{"kinds", store.RecordFilter{Kinds: []news.ActKind{news.ActRemove, news.ActClose}}, "close remove", false},
		{"nothing", store.RecordFilter{MemberID: 1 << 40}, "", false},
	} {
		entries, more, err := p.Record(p.ctx, tt.f)
		p.must(err)
		var kinds []string
		for _, e := range entries {
			kinds = append(kinds, string(e.Kind))
		}
		if got := strings.Join(kinds, " "); got != tt.want || more != tt.more {
			p.Errorf("%s: %q and more %v, want %q", tt.what, got, more, tt.want)
		}
	}
	entries, _, err := p.Record(p.ctx, store.RecordFilter{Limit: 1})
	p.must(err)
	if e := entries[0]; e.SubjectID != 0 || e.SubjectName != "" || e.ActorName != boss.Name || e.Headline != story.Headline ||
		e.Before != "open" || e.After != "closed" || e.Reason != "Enough" {
		p.Errorf("%+v", e)
	}
}
