package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// A counted is a comment with all that is counted about it.
type counted struct {
	ID, ArticleID      int64
	ParentID, RootID   *int64
	State              news.CommentState
	Stands             bool
	Place              string
	Replies, Branch    int
	Recommends         int
	Fans               int // rows of recommendations
	Reports            int
	Complaints         int // open rows of reports
	ReportedAt, HeldAt *time.Time
}

// recount compares everything that is counted with a count of rows.
func recount(t *testing.T, db *store.DB) {
	t.Helper()
	var rows []counted
	must(t, db.List(t.Context(), &rows, `SELECT c.id, c.article_id, c.parent_id, c.root_id, c.state, c.stands, c.place,
		c.replies, c.branch, c.recommends, c.reports, c.reported_at, c.held_at,
		(SELECT COUNT(*) FROM recommendations r WHERE r.comment_id = c.id) AS fans,
		(SELECT COUNT(*) FROM reports r WHERE r.comment_id = c.id AND r.closed_at IS NULL) AS complaints
		FROM comments c ORDER BY c.id DESC`))
	type sums struct{ Comments, Roots, Replies, Branch int }
	threads, under := make(map[int64]sums), make(map[int64]sums)
	stands := make(map[int64]bool)
	byID := make(map[int64]counted)
	for _, c := range rows { // children before parents
		byID[c.ID] = c
		is := stands[c.ID] || c.State == news.CommentVisible || c.State == news.CommentRemoved
		if is != c.Stands {
			t.Errorf("comment %d (%s) stands: %v", c.ID, c.State, c.Stands)
		}
		thread := threads[c.ArticleID]
		visible, fans := 0, 0
		if c.State == news.CommentVisible {
			visible, fans = 1, c.Fans
		}
		thread.Comments += visible
		switch {
		case c.ParentID == nil && is:
			thread.Roots++
		case c.ParentID != nil:
			branch := under[*c.RootID]
			branch.Replies += visible
			if is {
				branch.Branch++
				stands[*c.ParentID] = true
			}
			under[*c.RootID] = branch
		}
		threads[c.ArticleID] = thread
		if c.Recommends != fans {
			t.Errorf("comment %d (%s) is recommended by %d, says %d", c.ID, c.State, fans, c.Recommends)
		}
		if c.Reports != c.Complaints || (c.ReportedAt != nil) != (c.Reports > 0) {
			t.Errorf("comment %d has %d open reports, says %d since %v", c.ID, c.Complaints, c.Reports, c.ReportedAt)
		}
	}
	for _, c := range rows {
		want := under[c.ID]
		if c.Replies != want.Replies || c.Branch != want.Branch {
			t.Errorf("under %d are %+v, it says %d and %d", c.ID, want, c.Replies, c.Branch)
		}
		place := ""
		if c.ParentID != nil {
			place = byID[*c.ParentID].Place + fmt.Sprintf("%013d", c.ID)
		}
		if c.Place != place {
			t.Errorf("comment %d is at %q, want %q", c.ID, c.Place, place)
		}
	}
	var said []struct {
		ArticleID       int64
		Comments, Roots int
	}
	must(t, db.List(t.Context(), &said, `SELECT article_id, comments, roots FROM threads`))
	for _, s := range said {
		if want := threads[s.ArticleID]; s.Comments != want.Comments || s.Roots != want.Roots {
			t.Errorf("thread %d is %+v, says %+v", s.ArticleID, want, s)
		}
		delete(threads, s.ArticleID)
	}
	if len(threads) > 0 {
		t.Errorf("threads without counts: %v", threads)
	}
}

// a town is a newspaper with one article and some members.
type town struct {
	testing.TB
	*store.DB
	story   news.Story
	members []news.Member
}

func newTown(t testing.TB, db *store.DB, members int) *town {
	t.Helper()
	w := &town{TB: t, DB: db}
	c := news.Category{Slug: "news", Name: "News"}
	must(t, db.SaveCategory(t.Context(), &c))
	w.story = w.article(c)
	for i := range members {
		name := fmt.Sprintf("member-%d", i)
		m := news.Member{EmailKey: name, NameKey: name, Name: name, Handle: name, Role: news.RoleMember, CreatedAt: noon, ConfirmedAt: &noon}
		must(t, db.CreateMember(t.Context(), &m))
		w.members = append(w.members, m)
	}
	return w
}

func (w *town) article(c news.Category) news.Story {
	w.Helper()
	s := news.Story{Article: news.Article{CategoryID: c.ID, Day: "20260314", Slug: "s", PublishedAt: &noon, CreatedAt: noon, ModifiedAt: noon}}
	must(w, w.CreateArticle(w.Context(), &s))
	return s
}

func viewOf(m news.Member, at time.Time) news.Viewpoint {
	v := news.Now(at)
	v.Reader = news.Reader{MemberID: m.ID, Role: m.Role}
	return v
}

func (w *town) post(by news.Member, at time.Time, change ...func(*news.Comment)) news.Comment {
	w.Helper()
	c := news.Comment{ArticleID: w.story.ID, MemberID: by.ID, Body: "Words at " + at.String(), State: news.CommentVisible, CreatedAt: at}
	for _, f := range change {
		f(&c)
	}
	must(w, w.InsertComment(w.Context(), &c))
	return c
}

func under(parent news.Comment) func(*news.Comment) {
	return func(c *news.Comment) { c.ParentID = &parent.ID }
}

// TestChangeComment changes states in trees at random, and counts after every
// step.
func TestChangeComment(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db, 3)
		states := []news.CommentState{news.CommentVisible, news.CommentHeld, news.CommentRemoved, news.CommentDeleted}
		seed := uint64(time.Now().UnixNano())
		random := rand.New(rand.NewPCG(1, seed))
		var made []news.Comment
		for step := range 250 {
			what := "change"
			if len(made) < 2 || random.IntN(3) == 0 {
				what = "insert"
				var change []func(*news.Comment)
				if len(made) > 0 && random.IntN(5) > 0 {
					change = append(change, under(made[random.IntN(len(made))]))
				}
				change = append(change, func(c *news.Comment) { c.State = states[random.IntN(4)] })
				made = append(made, w.post(w.members[random.IntN(3)], noon.Add(time.Duration(step)*time.Second), change...))
			} else {
				must(t, db.ChangeComment(t.Context(), made[random.IntN(len(made))].ID, states[random.IntN(4)]))
			}
			if recount(t, db); t.Failed() {
				t.Fatalf("step %d (%s) of seed %d", step, what, seed)
			}
		}
	})
}

// TestConversationRace has 50 members post, answer, recommend, report, change
// and delete at once: what was acknowledged is there once, and all counts are
// right.
func TestConversationRace(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		const members, rounds = 50, 4
		w := newTown(t, db, members)
		ctx := t.Context()
		var mu sync.Mutex
		made := []news.Comment{w.post(w.members[0], noon), w.post(w.members[1], noon)}
		var posted, deleted, recommended, reported, edited sync.Map
		var acts atomic.Int32
		pick := func(r *rand.Rand) news.Comment {
			mu.Lock()
			defer mu.Unlock()
			return made[r.IntN(len(made))]
		}
		told := func(what string, err error) bool {
			switch {
			case err == nil:
				acts.Add(1)
				return true
			case isOneOf(err, news.ErrParentGone, news.ErrNotFound, news.ErrOwn, news.ErrEditOver):
				return false // somebody was faster, or it was never theirs
			}
			t.Errorf("%s: %v", what, err)
			return false
		}
		atOnce(members, func(i int) {
			m, random := w.members[i], rand.New(rand.NewPCG(2, uint64(i)))
			for round := range rounds {
				at := noon.Add(time.Duration(round+1) * time.Minute)
				v := viewOf(m, at)
				c := news.Comment{ArticleID: w.story.ID, MemberID: m.ID, Body: fmt.Sprintf("%d, %d", i, round), FormKey: strconv.Itoa(round), CreatedAt: at}
				if random.IntN(4) > 0 {
					parent := pick(random)
					c.ParentID = &parent.ID
				}
				if _, err := db.CreateComment(ctx, &c, nil, nil); told("post", err) {
					posted.Store(c.ID, c.Body)
					mu.Lock()
					made = append(made, c)
					mu.Unlock()
					if random.IntN(3) == 0 {
						if _, err := db.EditComment(ctx, v, c.ID, c.Body+" changed", nil); told("edit", err) {
							edited.Store(c.ID, c.Body)
						}
					}
					if random.IntN(4) == 0 {
						if _, err := db.DeleteComment(ctx, v, c.ID); told("delete", err) {
							deleted.Store(c.ID, true)
						}
					}
				}
				for range 3 {
					other := pick(random)
					on := random.IntN(4) > 0
					if _, err := db.Recommend(ctx, v, other.ID, on); told("recommend", err) {
						recommended.Store([2]int64{other.ID, m.ID}, on)
					}
				}
				other := pick(random)
				report := news.Report{CommentID: other.ID, MemberID: &m.ID, Reason: news.ReportSpam, CreatedAt: at}
				if created, err := db.ReportComment(ctx, v, &report); told("report", err) && created {
					if _, twice := reported.LoadOrStore([2]int64{other.ID, m.ID}, true); twice {
						t.Errorf("member %d reported %d twice", m.ID, other.ID)
					}
				}
			}
		})
		if acts.Load() < members*rounds {
			t.Errorf("only %d acts", acts.Load())
		}
		recount(t, db)

		var rows []struct {
			ID    int64
			State news.CommentState
			Body  string
		}
		must(t, db.List(ctx, &rows, `SELECT id, state, body FROM comments WHERE form_key <> ''`))
		n := 0
		for _, c := range rows {
			body, ok := posted.Load(c.ID)
			_, gone := deleted.Load(c.ID)
			_, changed := edited.Load(c.ID)
			if !ok || gone != (c.State == news.CommentDeleted) || changed != strings.HasSuffix(c.Body, " changed") || !strings.HasPrefix(c.Body, body.(string)) {
				t.Errorf("%+v: posted %v, deleted %v, changed %v", c, ok, gone, changed)
			}
			n++
		}
		posted.Range(func(any, any) bool { n--; return true })
		if n != 0 {
			t.Errorf("%d comments more than were posted", n)
		}
		compare := func(table string, said *sync.Map) {
			var want []string
			said.Range(func(key, on any) bool {
				if pair := key.([2]int64); on.(bool) {
					want = append(want, fmt.Sprint(pair[0], " ", pair[1]))
				}
				return true
			})
			got := list(t, db, `SELECT CAST(comment_id AS TEXT) || ' ' || CAST(member_id AS TEXT) FROM `+table)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d rows, %d were acknowledged", table, len(got), len(want))
			}
		}
		compare("recommendations", &recommended)
		compare("reports", &reported)
		if got := list(t, db, `SELECT CAST(comment_id AS TEXT) FROM notices WHERE kind = 'reply' GROUP BY comment_id HAVING COUNT(*) > 1`); len(got) > 0 {
			t.Errorf("told twice of %v", got)
		}
	})
}

// TestCommentSentFifty sends one form fifty times at once, as an answer.
func TestCommentSentFifty(t *testing.T) {
	both(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db, 2)
		parent := w.post(w.members[0], noon)
		var created atomic.Int32
		ids := make([]int64, 50)
		atOnce(50, func(i int) {
			c := news.Comment{ArticleID: w.story.ID, MemberID: w.members[1].ID, ParentID: &parent.ID, Body: "Once", FormKey: "form", CreatedAt: noon}
			is, err := db.CreateComment(t.Context(), &c, nil, nil)
			if err != nil {
				t.Error(err)
			}
			if is {
				created.Add(1)
			}
			ids[i] = c.ID
		})
		if slices.Sort(ids); created.Load() != 1 || ids[0] != ids[49] || ids[0] == 0 {
			t.Errorf("created %d, numbers %d to %d", created.Load(), ids[0], ids[49])
		}
		if got := list(t, db, `SELECT kind FROM notices`); len(got) != 1 {
			t.Errorf("%d notices", len(got))
		}
		recount(t, db)
	})
}

func isOneOf(err error, these ...error) bool {
	return slices.ContainsFunc(these, func(this error) bool { return errors.Is(err, this) })
}
