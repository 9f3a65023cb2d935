package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/store"
)

// Run runs the suite. open makes a fresh migrated database.
func Run(t *testing.T, open func(t *testing.T) *store.DB) {
	for _, test := range []struct {
		name string
		run  func(p *paper)
	}{
		{"Atomically", testAtomically},
		{"Empty", testEmpty},
		{"Failure", testFailure},
		{"Time", testTime},
		{"Text", testText},
		{"TextOrder", testTextOrder},
		{"Migrate", testMigrate},
		{"Article", testArticle},
		{"ArticleVisible", testArticleVisible},
		{"ArticleCreate", testArticleCreate},
		{"ArticleUpdate", testArticleUpdate},
		{"ArticleAddress", testArticleAddress},
		{"FurtherArticle", testFurtherArticle},
		{"Listing", testListing},
		{"ListingPages", testListingPages},
		{"ListingQueries", testListingQueries},
		{"VisibleRule", testVisibleRule},
		{"TopByCategory", testTopByCategory},
		{"MostDiscussed", testMostDiscussed},
		{"Category", testCategory},
		{"Tag", testTag},
		{"Author", testAuthor},
		{"Picture", testPicture},
		{"Redirect", testRedirect},
		{"Import", testImport},
		{"ImportAliases", testImportAliases},
		{"Member", testMember},
		{"MemberRace", testMemberRace},
		{"MemberChange", testMemberChange},
		{"MemberRename", testMemberRename},
		{"MemberEmail", testMemberEmail},
		{"MemberList", testMemberList},
		{"Role", testRole},
		{"RoleRace", testRoleRace},
		{"Suspension", testSuspension},
		{"Act", testAct},
		{"Deletion", testDeletion},
		{"DeletionComments", testDeletionComments},
		{"DeletionDue", testDeletionDue},
		{"DeletionNumbers", testDeletionNumbers},
		{"Token", testToken},
		{"TokenPurpose", testTokenPurpose},
		{"TokenAddress", testTokenAddress},
		{"TokenRace", testTokenRace},
		{"Limit", testLimit},
		{"LimitClock", testLimitClock},
		{"LimitRace", testLimitRace},
		{"Setting", testSetting},
		{"Session", testSession},
		{"SessionStaff", testSessionStaff},
		{"SessionList", testSessionList},
		{"Passkey", testPasskey}, {"TOTP", testTOTP}, {"RecoveryCode", testRecoveryCode}, {"Challenge", testChallenge},
		{"Comment", testComment},
		{"CommentRules", testCommentRules},
		{"CommentWriter", testCommentWriter},
		{"MemberComments", testMemberComments},
		{"CommentTwice", testCommentTwice},
		{"CommentPace", testCommentPace},
		{"CommentDepth", testCommentDepth},
		{"CommentRace", testCommentRace},
		{"InsertComment", testInsertComment},
		{"Thread", testThread},
		{"ThreadStubs", testThreadStubs},
		{"ThreadPages", testThreadPages},
		{"ThreadProperties", testThreadProperties},
		{"ThreadBranch", testThreadBranch},
		{"ThreadRecommended", testThreadRecommended},
		{"Kept", testKept},
		{"Edit", testEdit}, {"Recommendation", testRecommendation}, {"Report", testReport}, {"Mute", testMute}, {"Visit", testVisit},
		{"Notices", testNotices}, {"PublicComments", testPublicComments},
		{"Mail", testMail}, {"MailFailure", testMailFailure}, {"MailCause", testMailCause}, {"MailRace", testMailRace},
		{"Decision", testDecision}, {"DecisionBars", testDecisionBars}, {"DecisionRace", testDecisionRace}, {"DecisionBulk", testDecisionBulk},
		{"Picks", testPicks}, {"UndoBars", testUndoBars}, {"Record", testRecord},
		{"Sanction", testSanction}, {"Closure", testClosure},
		{"Queue", testQueue}, {"QueueQueries", testQueueQueries}, {"Look", testLook}, {"UsualWait", testUsualWait},
		{"ModeratorCategories", testModeratorCategories}, {"Digest", testDigest},
		{"Rules", testRules}, {"Standing", testStanding}, {"PastComments", testPastComments},
		{"Search", testSearch}, {"SearchPages", testSearchPages},
		{"WritersAndReaders", testWritersAndReaders},
		{"Plans", testPlans},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.run(&paper{T: t, DB: open(t), ctx: t.Context()})
		})
	}
}

// noon is when these tests happen.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 123456000, time.UTC)

func ago(d time.Duration) time.Time { return noon.Add(-d) }

var now = news.Now(noon)

// as is the view of a member at noon.
func as(m news.Member) news.Viewpoint {
	v := now
	v.Reader = news.Reader{MemberID: m.ID, Role: m.Role}
	return v
}

// A paper is a newspaper under test: a database, and ways to fill it.
type paper struct {
	*testing.T
	*store.DB
	ctx  context.Context
	made int
}

func (p *paper) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// wants fails unless err is what it should be.
func (p *paper) wants(want, err error, what string) {
	p.Helper()
	if !errors.Is(err, want) {
		p.Fatalf("%s: got error %v, want %v", what, err, want)
	}
}

// name makes names that are not used twice.
func (p *paper) name(kind string) string {
	p.made++
	return fmt.Sprintf("%s-%d", kind, p.made)
}

func (p *paper) category(name string) news.Category {
	p.Helper()
	c := news.Category{Slug: strings.ToLower(name), Name: name, Description: "All about " + name}
	p.must(p.SaveCategory(p.ctx, &c))
	return c
}

// article publishes an article at an instant in the category "News", after
// changing it as said.
func (p *paper) article(at time.Time, change ...func(s *news.Story)) news.Story {
	p.Helper()
	s := p.draft()
	s.PublishedAt, s.Day = &at, news.Day(at, time.UTC)
	for _, f := range change {
		f(&s)
	}
	if s.CategoryID == 0 {
		s.Category = p.category("News")
		s.CategoryID = s.Category.ID
	}
	p.must(p.CreateArticle(p.ctx, &s))
	return s
}

// draft is an article that is not stored, and not to be published.
func (p *paper) draft() news.Story {
	slug := p.name("story")
	return news.Story{Article: news.Article{
		Slug: slug, Headline: "Headline of " + slug, Body: "Body", BodyHTML: "<p>Body</p>",
		CreatedAt: ago(time.Hour), ModifiedAt: ago(time.Hour),
	}}
}

func in(c news.Category) func(*news.Story) {
	return func(s *news.Story) { s.Category, s.CategoryID = c, c.ID }
}

// member makes a confirmed account, after changing it as said.
func (p *paper) member(change ...func(m *news.Member)) news.Member {
	p.Helper()
	name := p.name("member")
	m := news.Member{Email: name + "@example.org", EmailKey: name + "@example.org", Name: name,
		NameKey: name, Handle: name, PasswordHash: "$argon2id$…", Role: news.RoleMember, CreatedAt: ago(time.Hour),
		ConfirmedAt: ptr(ago(time.Hour))}
	for _, f := range change {
		f(&m)
	}
	p.must(p.CreateMember(p.ctx, &m))
	return m
}

// comment puts a comment under an article without any rules, after changing it
// as said.
func (p *paper) comment(s news.Story, m news.Member, at time.Time, change ...func(c *news.Comment)) news.Comment {
	p.Helper()
	c := news.Comment{ArticleID: s.ID, MemberID: m.ID, Body: p.name("words"),
		State: news.CommentVisible, CreatedAt: at}
	for _, f := range change {
		f(&c)
	}
	p.must(p.InsertComment(p.ctx, &c))
	return c
}

func role(r news.Role) func(*news.Member) {
	return func(m *news.Member) { m.Role = r }
}

func under(parent news.Comment) func(*news.Comment) {
	return func(c *news.Comment) { c.ParentID = &parent.ID }
}

func state(s news.CommentState) func(*news.Comment) {
	return func(c *news.Comment) { c.State = s }
}

func ids(stories []news.Story) []int64 {
	ids := make([]int64, len(stories))
	for i := range stories {
		ids[i] = stories[i].ID
	}
	return ids
}

func ptr[T any](v T) *T { return &v }
