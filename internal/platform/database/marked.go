package database

// marked is what follows the commit of a transaction that a trigger marked.
type marked struct {
	setting string
	then    func()
}

// AfterMarked has f run after the commit of every transaction in which a trigger of the schema set this setting, before
// its caller goes on. The triggers know every statement that touches a table; a use case could forget to tell. A schema has
// one such setting.
func (db *DB) AfterMarked(setting string, f func()) { db.marked.Store(&marked{setting, f}) }
