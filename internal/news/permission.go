package news

// An Action is something that only some roles may do.
type Action string

// The actions, named as routes name them.
const (
	ActRead          Action = "read"           // what everybody reads
	ActAccount       Action = "account"        // one's own account
	ActComment       Action = "comment"        // post and answer
	ActModerate      Action = "moderate"       // the queues and what stands in them
	ActWrite         Action = "write"          // drafts of one's own
	ActPublish       Action = "publish"        // what readers see
	ActManageMembers Action = "manage-members" // roles, suspensions, sessions of others
)

// RoleNone is the role of a reader without an account.
const RoleNone Role = "none"

// permissions is the one table of who may do what. A role that is not in an
// action's list may not do it.
var permissions = map[Action][]Role{
	ActRead:          {RoleNone, RoleMember, RoleModerator, RoleWriter, RoleEditor, RoleAdministrator},
	ActAccount:       {RoleMember, RoleModerator, RoleWriter, RoleEditor, RoleAdministrator},
	ActComment:       {RoleMember, RoleModerator, RoleWriter, RoleEditor, RoleAdministrator},
	ActModerate:      {RoleModerator, RoleEditor, RoleAdministrator},
	ActWrite:         {RoleWriter, RoleEditor, RoleAdministrator},
	ActPublish:       {RoleEditor, RoleAdministrator},
	ActManageMembers: {RoleAdministrator},
}

// May reports whether a role may do an action.
func (r Role) May(a Action) bool {
	for _, allowed := range permissions[a] {
		if r == allowed || r == "" && allowed == RoleNone {
			return true
		}
	}
	return false
}

// Roles are all roles an account can have, from least to most.
var Roles = []Role{RoleMember, RoleModerator, RoleWriter, RoleEditor, RoleAdministrator}

// Rank orders roles: nobody acts on an account of a higher rank than theirs.
func (r Role) Rank() int {
	for i, role := range Roles {
		if r == role {
			return i
		}
	}
	return -1
}
