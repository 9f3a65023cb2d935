package storetest

import "syscall"

// dieWithParent makes a server end with the tests even when they are killed.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGQUIT }
