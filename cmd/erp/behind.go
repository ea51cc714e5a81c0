package main

import (
	"context"

	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/config"
	"erp/internal/platform/rpc"
)

// behind is what the console looks at: the audit trail and the background work of every module, wherever it is.
func (h *house) behind() (trails []adminmodule.AuditSource, queues []adminmodule.Queue) {
	for _, module := range config.Modules() {
		b := h.lookBehind(module)
		trails = append(trails, adminmodule.AuditSource{Module: module, List: b.Audit})
		queues = append(queues, adminmodule.Queue{Module: module, Jobs: b.Jobs})
	}
	return trails, queues
}

func (h *house) lookBehind(module string) rpc.Behind {
	if !h.cfg.Hosts(module) {
		return rpc.NewBehind(h.neighbours.links[module])
	}
	db := h.databases[module]
	return rpc.Behind{Module: module, Jobs: h.queues[module].Console(), Audit: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
		return audit.List(ctx, db, q)
	}}
}

// processes are those of several steps that the console shows, of the modules hosted here.
func (h *house) processes() []adminmodule.ProcessSource {
	var out []adminmodule.ProcessSource
	if h.cfg.Hosts("employee") {
		out = append(out, adminmodule.ProcessSource{Module: "employee", Engine: h.employees.Processes()})
	}
	if h.cfg.Hosts("invoice") {
		out = append(out, adminmodule.ProcessSource{Module: "invoice", Engine: h.invoices.Processes()})
	}
	return out
}
