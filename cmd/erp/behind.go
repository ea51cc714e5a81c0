package main

import (
	"context"

	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/config"
	"erp/internal/platform/notify"
	"erp/internal/platform/rpc"
	"erp/internal/platform/saga"
)

// behind is what the console looks at: the audit trail, the mails and the background work of every module, wherever it is.
func (h *house) behind() (trails []adminmodule.AuditSource, mails []adminmodule.MailSource, queues []adminmodule.Queue) {
	for _, module := range config.Modules() {
		b := h.lookBehind(module)
		trails = append(trails, adminmodule.AuditSource{Module: module, List: b.Audit})
		queues = append(queues, adminmodule.Queue{Module: module, Jobs: b.Jobs})
		if sendsMail(module) {
			mails = append(mails, adminmodule.MailSource{Module: module, List: b.Mails})
		}
	}
	return trails, mails, queues
}

func (h *house) lookBehind(module string) rpc.Behind {
	if !h.cfg.Hosts(module) {
		return rpc.NewBehind(h.neighbours.links[module])
	}
	db := h.databases[module]
	b := rpc.Behind{Module: module, Jobs: h.queues[module].Console(), Audit: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
		return audit.List(ctx, db, q)
	}}
	if sendsMail(module) {
		b.Mails = func(ctx context.Context, q notify.Query) ([]notify.Mail, error) { return notify.List(ctx, db, q) }
	}
	return b
}

// sendsMail reports whether the module has a log of mails: the console writes to colleagues, invoicing to customers.
func sendsMail(module string) bool { return module == "platform" || module == "invoice" }

// processes are those of several steps that the console shows, of every module that has some, wherever it is.
func (h *house) processes() []adminmodule.ProcessSource {
	var out []adminmodule.ProcessSource
	for _, one := range []struct {
		module string
		engine *saga.Engine
	}{{"employee", h.employees.Processes()}, {"invoice", h.invoices.Processes()}} {
		source := adminmodule.ProcessSource{Module: one.module}
		switch {
		case h.cfg.Hosts(one.module):
			source.Processes = one.engine.Console()
		case h.cfg.Hosts(auth.Console):
			source.Processes = rpc.NewProcesses(h.neighbours.links[one.module])
		default:
			continue
		}
		out = append(out, source)
	}
	return out
}

// hostedProcesses are those of the modules hosted here, for the console in another process.
func (h *house) hostedProcesses() map[string]saga.Console {
	hosted := map[string]saga.Console{}
	for _, source := range h.processes() {
		if h.cfg.Hosts(source.Module) {
			hosted[source.Module] = source.Processes
		}
	}
	return hosted
}
