package views

import (
	"net/url"
	"strconv"
)

// The addresses of moderation, each built in one place.
const (
	ModerationPath       = "/moderation"
	DecisionsPath        = "/moderation/decisions"
	ModerationSearchPath = "/moderation/comments"
	RulesPath            = "/moderation/rules"
	RecordPath           = "/moderation/record"
)

// QueuePath is one queue of comments.
func QueuePath(name string) string { return ModerationPath + "/" + url.PathEscape(name) }

// ModerationItemPath is everything about one comment.
func ModerationItemPath(id int64) string {
	return ModerationSearchPath + "/" + strconv.FormatInt(id, 10)
}

// BatchUndoPath takes back what one press decided.
func BatchUndoPath(id int64) string {
	return ModerationPath + "/batches/" + strconv.FormatInt(id, 10) + "/undo"
}

// ThreadActsPath closes and opens a thread.
func ThreadActsPath(articleID int64) string {
	return ModerationPath + "/articles/" + strconv.FormatInt(articleID, 10)
}

// ModerationFilePath is a member's file as moderators see it, and where they
// act on the member.
func ModerationFilePath(memberID int64) string {
	return ModerationPath + "/members/" + strconv.FormatInt(memberID, 10)
}

// CategoryRulePath holds a category's comments, or frees them.
func CategoryRulePath(categoryID int64) string {
	return ModerationPath + "/categories/" + strconv.FormatInt(categoryID, 10)
}

// ModeratorCategoriesPath limits a moderator to categories.
func ModeratorCategoriesPath(memberID int64) string {
	return MemberFilePath(memberID) + "/categories"
}
