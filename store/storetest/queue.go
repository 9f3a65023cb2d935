package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"

	"github.com/google/go-cmp/cmp"
)

// queued returns the ids of a page of a queue.
func (p *paper) queued(f news.QueueFilter) []int64 {
	p.Helper()
	items, err := p.Queue(p.ctx, f, noon)
	p.must(err)
	ids := make([]int64, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	return ids
}

func testQueue(p *paper) {
	news1 := p.article(ago(3 * time.Hour))
	sport := p.category("Sport")
	match := p.article(ago(3*time.Hour), in(sport))
	m, other, mod := p.member(), p.member(), p.member(role(news.RoleModerator))
	top := p.comment(news1, other, ago(2*time.Hour), reviewed)
	hold := func(kinds ...news.HoldKind) func(c *news.Comment) {
		return func(c *news.Comment) {
			var holds []news.Hold
			for _, k := range kinds {
				holds = append(holds, news.Hold{Kind: k, Detail: "x"})
			}
			c.State, c.Holds = news.CommentHeld, news.FormatHolds(holds)
		}
	}
	h2 := p.comment(news1, m, ago(10*time.Minute), under(top), hold(news.HoldLink, news.HoldWord))
	h1 := p.comment(match, m, ago(20*time.Minute), hold(news.HoldWord))
	h3 := p.comment(news1, other, ago(10*time.Minute), hold(news.HoldByHand))
	n1 := p.comment(news1, m, ago(30*time.Minute))
	r1, r2 := p.comment(match, other, ago(time.Hour), reviewed), p.comment(news1, m, ago(time.Hour), reviewed)
	p.report(r2, news.ReportSpam, ago(5*time.Minute))
	p.report(r1, news.ReportAbuse, ago(4*time.Minute))
	p.report(r2, news.ReportAbuse, ago(3*time.Minute))
	x1, x2 := p.comment(news1, other, ago(time.Hour), state(news.CommentRemoved)), p.comment(news1, m, ago(2*time.Hour), state(news.CommentRemoved))
	p.comment(news1, m, ago(news.QueueRemovedFor+time.Hour), state(news.CommentRemoved))
	p.comment(news1, m, ago(time.Minute), state(news.CommentDeleted))

	for _, tt := range []struct {
		what string
		f    news.QueueFilter
		want []news.Comment
	}{
		{"held", news.QueueFilter{Queue: news.QueueHeld}, []news.Comment{h1, h2, h3}},
		{"held, by article", news.QueueFilter{Queue: news.QueueHeld, ArticleID: news1.ID}, []news.Comment{h2, h3}},
		{"held, by member", news.QueueFilter{Queue: news.QueueHeld, MemberID: m.ID}, []news.Comment{h1, h2}},
		{"held, by category", news.QueueFilter{Queue: news.QueueHeld, CategoryID: sport.ID}, []news.Comment{h1}},
		{"held, by limits", news.QueueFilter{Queue: news.QueueHeld, Categories: []int64{news1.CategoryID}}, []news.Comment{h2, h3}},
		{"held, by limits and category", news.QueueFilter{Queue: news.QueueHeld, CategoryID: sport.ID, Categories: []int64{news1.CategoryID}}, nil},
		{"held, limited to nothing", news.QueueFilter{Queue: news.QueueHeld, Categories: []int64{}}, nil},
		{"held for a word", news.QueueFilter{Queue: news.QueueHeld, Hold: news.HoldWord}, []news.Comment{h1, h2}},
		{"held for a link", news.QueueFilter{Queue: news.QueueHeld, Hold: news.HoldLink}, []news.Comment{h2}},
		{"held for nothing", news.QueueFilter{Queue: news.QueueHeld, Hold: "%"}, nil},
		{"held, the oldest", news.QueueFilter{Queue: news.QueueHeld, Limit: 1}, []news.Comment{h1}},
		{"removed, the latest", news.QueueFilter{Queue: news.QueueRemoved, Limit: 1}, []news.Comment{x1}},
		{"held, first page", news.QueueFilter{Queue: news.QueueHeld, Limit: 2}, []news.Comment{h1, h2}},
		{"held, next page", news.QueueFilter{Queue: news.QueueHeld, Limit: 2, AfterAt: ago(10 * time.Minute), AfterID: h2.ID}, []news.Comment{h3}},
		{"reported", news.QueueFilter{Queue: news.QueueReported}, []news.Comment{r2, r1}},
		{"reported as spam", news.QueueFilter{Queue: news.QueueReported, Reason: news.ReportSpam}, []news.Comment{r2}},
		{"new", news.QueueFilter{Queue: news.QueueNew}, []news.Comment{n1}},
		{"removed", news.QueueFilter{Queue: news.QueueRemoved}, []news.Comment{x1, x2}},
		{"removed, next page", news.QueueFilter{Queue: news.QueueRemoved, AfterAt: ago(time.Hour), AfterID: x1.ID}, []news.Comment{x2}},
	} {
		var want []int64
		for _, c := range tt.want {
			want = append(want, c.ID)
		}
		if got := p.queued(tt.f); !slices.Equal(got, want) {
			p.Errorf("%s: %v, want %v", tt.what, got, want)
		}
	}
	_, err := p.Queue(p.ctx, news.QueueFilter{Queue: "x"}, noon)
	p.wants(news.ErrNotFound, err, "a queue that there is not")

	counts, err := p.QueueCounts(p.ctx, nil, noon)
	p.must(err)
	want := news.QueueCounts{Held: 3, Reported: 2, New: 1, Removed: 2, OldestHeld: ptr(ago(20 * time.Minute)), OldestReported: ptr(ago(5 * time.Minute))}
	if diff := cmp.Diff(want, counts); diff != "" {
		p.Errorf("counts:\n%s", diff)
	}
	counts, err = p.QueueCounts(p.ctx, []int64{sport.ID}, noon)
	p.must(err)
	want = news.QueueCounts{Held: 1, Reported: 1, OldestHeld: ptr(ago(20 * time.Minute)), OldestReported: ptr(ago(4 * time.Minute))}
	if diff := cmp.Diff(want, counts); diff != "" {
		p.Errorf("counts of a limited moderator:\n%s", diff)
	}

	// A card.
	_, err = p.Look(p.ctx, h2.ID, mod.ID, ago(time.Second))
	p.must(err)
	items, err := p.Queue(p.ctx, news.QueueFilter{Queue: news.QueueHeld, Limit: 2}, noon)
	p.must(err)
	card := items[1]
	if card.Parent == nil || card.Parent.ID != top.ID || card.Parent.Name != other.Name || card.Parent.Body != top.Body || card.Headline != news1.Headline ||
		card.Day != news1.Day || card.Slug != news1.Slug || card.Category.Name != "News" || card.Name != m.Name || card.Body != h2.Body ||
		!card.Since.Equal(h2.CreatedAt) || !card.Joined.Equal(m.CreatedAt) || card.Looking != mod.Name || card.ParentName != other.Name {
		p.Errorf("card %+v", card)
	}
	if len(news.ParseHolds(card.Holds)) != 2 || card.Standing.Accepted != 2 || card.Standing.Removed != 2 || card.Standing.LastDay != 6 {
		p.Errorf("held %q, standing %+v", card.Holds, card.Standing)
	}
	var last []int64
	for _, c := range card.Last {
		last = append(last, c.ID)
	}
	if len(last) != 5 || slices.Contains(last, h2.ID) || last[1] != h1.ID || card.Last[1].State != news.CommentHeld {
		p.Errorf("the author's last: %v", last)
	}
	if items[0].Parent != nil || items[0].Looking != "" {
		p.Errorf("first card %+v", items[0])
	}
	items, err = p.Queue(p.ctx, news.QueueFilter{Queue: news.QueueHeld, Moderator: mod.ID}, noon)
	if err != nil || items[1].Looking != "" {
		p.Errorf("looking at oneself: %q, %v", items[1].Looking, err)
	}
	items, err = p.Queue(p.ctx, news.QueueFilter{Queue: news.QueueReported}, noon)
	p.must(err)
	if r := items[0].Reports; len(r) != 2 || r[0].Reason != news.ReportSpam || r[0].Words != "Look" || r[0].MemberID == nil {
		p.Errorf("reports %+v", r)
	}

	// One comment, whatever its state.
	if item := p.item(n1); !item.Since.Equal(n1.CreatedAt) || item.Headline != news1.Headline {
		p.Errorf("item %+v", item)
	}
	if item := p.item(top); !item.Since.IsZero() || !item.Answered {
		p.Errorf("item in no queue %+v", item)
	}
	_, err = p.QueueItem(p.ctx, n1.ID, []int64{sport.ID}, noon)
	p.wants(news.ErrNotFound, err, "item of another category")
}

func testLook(p *paper) {
	c := p.comment(p.article(ago(time.Hour)), p.member(), ago(time.Minute))
	ann, bob := p.member(role(news.RoleModerator)), p.member(role(news.RoleModerator))
	for _, step := range []struct {
		m    news.Member
		at   time.Duration
		want string
	}{
		{ann, 0, ""}, {ann, time.Second, ""}, {bob, 2 * time.Second, ann.Name}, {ann, 3 * time.Second, ""},
		{bob, news.LookFor + 2*time.Second, ann.Name}, {bob, news.LookFor + 3*time.Second, ""}, {ann, news.LookFor + 4*time.Second, bob.Name},
	} {
		got, err := p.Look(p.ctx, c.ID, step.m.ID, noon.Add(step.at))
		if err != nil || got != step.want {
			p.Errorf("%s at %v: %q, %v, want %q", step.m.Name, step.at, got, err, step.want)
		}
	}
	if got, err := p.Look(p.ctx, 1<<40, ann.ID, noon); got != "" || err != nil {
		p.Errorf("no comment: %q, %v", got, err)
	}
}

func testUsualWait(p *paper) {
	story, m, mod := p.article(ago(99*24*time.Hour)), p.member(), p.member(role(news.RoleModerator))
	for i, wait := range []time.Duration{time.Hour, 2 * time.Hour, 40 * time.Minute, 10 * time.Minute} {
		if _, ok, err := p.UsualWait(p.ctx, noon); err != nil || ok != (i >= 3) {
			p.Errorf("after %d: %v, %v", i, ok, err)
		}
		p.decide(mod, []news.ActKind{news.ActApprove, news.ActRemove}[i%2], p.comment(story, m, ago(wait), state(news.CommentHeld)))
	}
	batch, _ := p.decide(mod, news.ActApprove, p.comment(story, m, ago(1000*time.Hour), state(news.CommentHeld)))
	_, err := p.Undo(p.ctx, mod, batch.ID, noon)
	p.must(err)
	p.decide(mod, news.ActApprove, p.comment(story, m, ago(time.Second))) // was never held
	if wait, ok, err := p.UsualWait(p.ctx, noon); wait != 50*time.Minute || !ok || err != nil {
		p.Errorf("%v, %v, %v", wait, ok, err)
	}
	if _, ok, err := p.UsualWait(p.ctx, noon.AddDate(0, 0, 31)); ok || err != nil {
		p.Errorf("a month later: %v, %v", ok, err)
	}
}

func testModeratorCategories(p *paper) {
	mod, boss := p.member(role(news.RoleModerator)), p.member(role(news.RoleAdministrator))
	a, b := p.category("A"), p.category("B")
	act := news.Act{At: noon, ActorID: &boss.ID}
	get := func() []int64 {
		ids, err := p.ModeratorCategories(p.ctx, mod.ID)
		p.must(err)
		return ids
	}
	if get() != nil {
		p.Error("limited from the start")
	}
	p.must(p.SetModeratorCategories(p.ctx, mod.ID, []int64{b.ID, a.ID, b.ID}, act))
	p.must(p.SetModeratorCategories(p.ctx, mod.ID, []int64{a.ID, b.ID}, act))
	if diff := cmp.Diff([]int64{a.ID, b.ID}, get()); diff != "" {
		p.Error(diff)
	}
	p.wants(news.ErrNotFound, p.SetModeratorCategories(p.ctx, mod.ID, []int64{1 << 40}, act), "no category")
	p.wants(news.ErrNotFound, p.SetModeratorCategories(p.ctx, 1<<40, nil, act), "nobody")
	p.must(p.SetModeratorCategories(p.ctx, mod.ID, nil, act))
	if get() != nil {
		p.Error("still limited")
	}
	want := []news.Act{
		{At: noon, ActorID: &boss.ID, SubjectID: mod.ID, Kind: news.ActCategories, Before: fmt.Sprintf("%d,%d", a.ID, b.ID)},
		{At: noon, ActorID: &boss.ID, SubjectID: mod.ID, Kind: news.ActCategories, After: fmt.Sprintf("%d,%d", a.ID, b.ID)},
	}
	if diff := cmp.Diff(want, p.record(mod)); diff != "" {
		p.Errorf("recorded (+), want (-):\n%s", diff)
	}
}

func testDigest(p *paper) {
	story, m := p.article(ago(99*24*time.Hour)), p.member()
	p.must(p.SetCommentRules(p.ctx, news.CommentRules{}, news.CommentRules{DigestLength: 3, DigestHours: 2}, news.Act{At: noon}))
	claim := func(at time.Time) bool {
		p.Helper()
		var due bool
		p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) (err error) {
			due, err = tx.ClaimQueueDigest(p.ctx, at)
			return err
		}))
		return due
	}
	if claim(noon) {
		p.Error("due with nothing in the queue")
	}
	p.comment(story, m, ago(time.Hour), state(news.CommentHeld))
	reported := p.comment(story, m, ago(time.Hour), reviewed)
	p.report(reported, news.ReportSpam, ago(time.Minute))
	if claim(noon) {
		p.Error("due with two, an hour old")
	}
	if !claim(noon.Add(time.Hour)) {
		p.Error("not due with one two hours old")
	}
	if claim(noon.Add(time.Hour)) || claim(noon.Add(time.Hour+news.DigestPause-time.Second)) {
		p.Error("due again within the pause")
	}
	p.comment(story, m, noon, state(news.CommentHeld))
	next := noon.Add(time.Hour + news.DigestPause)
	// While one node is at it, another looks: it finds nothing mailed yet, and
	// must be told so all the same.
	other := make(chan bool)
	p.must(p.DB.Atomically(p.ctx, func(tx *store.DB) error {
		due, err := tx.ClaimQueueDigest(p.ctx, next)
		if err != nil || !due {
			p.Errorf("not due after the pause: %v", err)
		}
		begun := make(chan struct{})
		go func() {
			ctx := store.WithTrace(p.ctx, func(query string, _ []any) {
				if strings.Contains(query, "INSERT INTO settings") {
					close(begun)
				}
			})
			var due bool
			if err := p.DB.Atomically(ctx, func(tx *store.DB) (err error) {
				due, err = tx.ClaimQueueDigest(ctx, next)
				return err
			}); err != nil {
				p.Error(err)
			}
			other <- due
		}()
		if strings.Contains(p.Name(), "Postgres") { // with SQLite the other has to wait until this one is done
			<-begun
		}
		return nil
	}))
	if <-other {
		p.Error("two nodes were told to mail")
	}
	if !claim(noon.AddDate(0, 0, 5)) || !claim(noon.AddDate(0, 0, 1)) {
		p.Error("a clock that was days ahead keeps moderators from being mailed")
	}

	readers := []news.Member{p.member(role(news.RoleModerator)), p.member(role(news.RoleEditor)), p.member(role(news.RoleAdministrator))}
	p.member(role(news.RoleWriter))
	off := p.member(role(news.RoleModerator))
	p.must(p.SetNoticeMail(p.ctx, off.ID, news.NoticeMailOff, false))
	got, err := p.QueueReaders(p.ctx)
	p.must(err)
	var names, want []string
	for i := range got {
		names = append(names, got[i].Name)
	}
	for i := range readers {
		want = append(want, readers[i].Name)
	}
	if !slices.Equal(names, want) {
		p.Errorf("readers %v, want %v", names, want)
	}
}

// testQueueQueries wants the same number of queries for one item as for many.
func testQueueQueries(p *paper) {
	story, mod := p.article(ago(time.Hour)), p.member(role(news.RoleModerator))
	count := func(f func(ctx context.Context)) int {
		n := 0
		f(store.WithTrace(p.ctx, func(string, []any) { n++ }))
		return n
	}
	var numbers []string
	for range 2 {
		for range 30 {
			m := p.member()
			top := p.comment(story, m, ago(time.Minute), reviewed)
			c := p.comment(story, m, ago(time.Minute), under(top), reviewed)
			p.report(c, news.ReportSpam, noon)
		}
		numbers = append(numbers, fmt.Sprint(
			count(func(ctx context.Context) {
				_, err := p.Queue(ctx, news.QueueFilter{Queue: news.QueueReported}, noon)
				p.must(err)
			}),
			count(func(ctx context.Context) { _, err := p.QueueCounts(ctx, nil, noon); p.must(err) }),
			count(func(ctx context.Context) { _, err := p.SearchComments(ctx, news.CommentSearch{}); p.must(err) }),
			count(func(ctx context.Context) {
				_, _, err := p.Record(ctx, store.RecordFilter{MemberID: mod.ID})
				p.must(err)
			})))
	}
	if numbers[0] != numbers[1] || strings.HasPrefix(numbers[0], "0") {
		p.Errorf("queries: %v", numbers)
	}
	if numbers[0] != "6 3 1 1" {
		p.Errorf("queries: %s", numbers[0])
	}
}
