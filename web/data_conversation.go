package web

import (
	"context"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/views"
)

// dataConversation is what the conversation holds about a member beside their
// comments, by the names of the file.
type dataConversation struct {
	ReadingOrder    string               `json:"reading_order"`
	TellsNew        bool                 `json:"told_what_is_new"`
	ListsComments   bool                 `json:"lists_comments"`
	HeldFirst       bool                 `json:"comments_held_first"`
	QueueMail       bool                 `json:"queue_mail"`
	Recommendations []dataRecommendation `json:"recommendations"`
	Reports         []dataReport         `json:"reports"`
	Mutes           []dataMute           `json:"mutes"`
	Visits          []dataVisit          `json:"visits"`
	Notices         []dataNotice         `json:"notices"`
	Warnings        []dataWarning        `json:"warnings"`
	Versions        []dataVersion        `json:"earlier_versions"`
	Categories      []int64              `json:"moderates_only"`
}

type dataRecommendation struct {
	Comment int64     `json:"comment"`
	At      time.Time `json:"at"`
}

type dataReport struct {
	Comment int64      `json:"comment"`
	Reason  string     `json:"reason"`
	Words   string     `json:"words,omitempty"`
	At      time.Time  `json:"at"`
	Closed  *time.Time `json:"closed,omitempty"`
}

type dataMute struct {
	Name  string    `json:"name"`
	Since time.Time `json:"since"`
}

type dataVisit struct {
	Article int64      `json:"article"`
	Seen    time.Time  `json:"seen"`
	Before  *time.Time `json:"before,omitempty"`
}

type dataNotice struct {
	What  string     `json:"what"`
	At    time.Time  `json:"at"`
	Words string     `json:"words,omitempty"`
	Read  *time.Time `json:"read,omitempty"`
}

type dataWarning struct {
	Words string     `json:"words"`
	At    time.Time  `json:"at"`
	Read  *time.Time `json:"read,omitempty"`
}

type dataVersion struct {
	Comment int64     `json:"comment"`
	Text    string    `json:"text"`
	Until   time.Time `json:"until"`
}

// conversationData gathers what the conversation holds about a member.
func (s *Server) conversationData(ctx context.Context, v news.Viewpoint, m news.Member, d *dataConversation) error {
	held, err := s.db.MemberData(ctx, v)
	if err != nil {
		return err
	}
	*d = dataConversation{
		ReadingOrder: string(orderOf(string(m.ReadingOrder), news.OrderNewest)), TellsNew: !m.HideNew, ListsComments: !m.HideComments,
		HeldFirst: m.HoldComments, QueueMail: m.QueueMail && m.Role.May(news.ActModerate),
		Recommendations: []dataRecommendation{}, Reports: []dataReport{}, Mutes: []dataMute{}, Visits: []dataVisit{},
		Notices: []dataNotice{}, Warnings: []dataWarning{}, Versions: []dataVersion{}, Categories: append([]int64{}, held.Categories...),
	}
	for _, one := range held.Recommendations {
		d.Recommendations = append(d.Recommendations, dataRecommendation{one.CommentID, one.CreatedAt})
	}
	for _, one := range held.Reports {
		d.Reports = append(d.Reports, dataReport{one.CommentID, string(one.Reason), one.Words, one.CreatedAt, one.ClosedAt})
	}
	for _, one := range held.Mutes {
		d.Mutes = append(d.Mutes, dataMute{one.Name, one.CreatedAt})
	}
	for _, one := range held.Visits {
		d.Visits = append(d.Visits, dataVisit{one.ArticleID, one.SeenAt, one.BeforeAt})
	}
	for _, one := range held.Notices {
		d.Notices = append(d.Notices, dataNotice{toldBy(one).text, one.At, one.Words, one.ReadAt})
	}
	for _, one := range held.Warnings {
		d.Warnings = append(d.Warnings, dataWarning{one.Reason, one.At, one.ReadAt})
	}
	for _, one := range held.Versions {
		d.Versions = append(d.Versions, dataVersion{one.CommentID, one.Body, one.Until})
	}
	return nil
}

// parts are the same to read.
func (d dataConversation) parts() []views.DataPart {
	at := func(t time.Time) string { return t.Format(time.RFC1123) + ": " }
	comment := func(id int64) string { return "comment " + strconv.FormatInt(id, 10) }
	yes := map[bool]string{true: "yes", false: "no"}
	parts := []views.DataPart{{Heading: "How you read comments", Lines: []string{
		"Order: " + d.ReadingOrder, "Told what is new: " + yes[d.TellsNew], "Public page lists comments: " + yes[d.ListsComments],
		"Moderators see your comments first: " + yes[d.HeldFirst],
	}}}
	add := func(heading string, lines []string) {
		if len(lines) > 0 {
			parts = append(parts, views.DataPart{Heading: heading, Lines: lines})
		}
	}
	var lines []string
	for _, one := range d.Recommendations {
		lines = append(lines, at(one.At)+comment(one.Comment))
	}
	add("What you recommended", lines)
	lines = nil
	for _, one := range d.Reports {
		lines = append(lines, at(one.At)+comment(one.Comment)+", "+one.Reason+" "+one.Words)
	}
	add("What you reported", lines)
	lines = nil
	for _, one := range d.Mutes {
		lines = append(lines, at(one.Since)+one.Name)
	}
	add("Whom you muted", lines)
	lines = nil
	for _, one := range d.Visits {
		lines = append(lines, at(one.Seen)+"article "+strconv.FormatInt(one.Article, 10))
	}
	add("Your visits", lines)
	lines = nil
	for _, one := range d.Notices {
		lines = append(lines, at(one.At)+one.What)
	}
	add("What you were told", lines)
	lines = nil
	for _, one := range d.Warnings {
		lines = append(lines, at(one.At)+one.Words)
	}
	add("Warnings", lines)
	lines = nil
	for _, one := range d.Versions {
		lines = append(lines, at(one.Until)+comment(one.Comment)+" said: "+one.Text)
	}
	add("What your comments said before you changed them", lines)
	return parts
}
