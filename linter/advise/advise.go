// Package advise says what each way of giving pods their addresses would mean
// for the AKS clusters of a run. What it says comes from the Rego package
// aksnetlint.lib.advise; here it is put in order.
package advise

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/aksnetlint/aksnetlint/linter"
)

// Cluster is one cluster with what is said of it.
type Cluster struct {
	File       string `json:"file"`
	Name       string `json:"cluster"`
	Deployment string `json:"deployment,omitempty"`
	// Current is the way that the cluster uses as the template stands; its value is nil where
	// that is not known.
	Current Cell `json:"current"`
	// Allowed are the other ways that the template can take, with the parameter
	// values that bring them about.
	Allowed []Allowed `json:"allowed,omitempty"`
	// Plans are the ways in the order of the table.
	Plans []Plan `json:"plans"`
	// Subnets are those of the cluster's virtual networks, by name.
	Subnets []Subnet `json:"subnets"`
	// Notes are what else there is to know of the cluster's network.
	Notes []string `json:"notes,omitempty"`
	// Cilium is the way to the Cilium dataplane.
	Cilium Cell `json:"cilium"`
	// Recommended says which way fits which need.
	Recommended []string `json:"recommended"`
	// Missing are the values that the cells without a value hang on.
	Missing []linter.Missing `json:"missing,omitempty"`
}

// Allowed is a way that the template takes for other parameter values.
type Allowed struct {
	Mode string             `json:"mode"`
	When []linter.Condition `json:"when"`
}

// Plan is one way of giving pods their addresses.
type Plan struct {
	Mode  string `json:"mode"`
	Title string `json:"title"`
	// Reach says who can reach the pods.
	Reach string `json:"reach"`
	// Nodes and Pods are the addresses that node subnets and pod subnets give
	// away. Pods is nil for ways without pod subnets.
	Nodes Addresses  `json:"nodes"`
	Pods  *Addresses `json:"pods,omitempty"`
	// Rooms are the node subnets with what an upgrade at full scale needs of them.
	Rooms []Room `json:"rooms,omitempty"`
	// Needs is the smallest pod subnet or podCidr that would do.
	Needs Cell `json:"needs"`
	// Against is what stands against it.
	Against []string `json:"against,omitempty"`
	// Move is the way there from the current one.
	Move Cell `json:"move"`
}

// Addresses are numbers of addresses at deployment, at full scale, and during
// an upgrade at full scale.
type Addresses struct {
	Now     Cell `json:"now"`
	Full    Cell `json:"full"`
	Upgrade Cell `json:"upgrade"`
}

// Room is a node subnet under one plan. Fits is nil where it is not known.
type Room struct {
	Subnet  string `json:"subnet"`
	Range   string `json:"range,omitempty"`
	Needed  Cell   `json:"needed"`
	Has     Cell   `json:"has"`
	Fits    Cell   `json:"fits"`
	WouldDo string `json:"wouldDo,omitempty"`
}

// Subnet is a subnet of the cluster's virtual networks as it is used now, at
// full scale with an upgrade.
type Subnet struct {
	Name   string `json:"name"`
	Range  string `json:"range"`
	Has    Cell   `json:"has"`
	Needed Cell   `json:"needed"`
}

// Cell is one value of the advice, nil where it is not known.
type Cell struct{ Value any }

// MarshalJSON writes the value itself.
func (c Cell) MarshalJSON() ([]byte, error) { return json.Marshal(c.Value) }

// String is the value as the table shows it.
func (c Cell) String() string {
	switch v := c.Value.(type) {
	case nil:
		return "?"
	case json.Number:
		return v.String()
	case string:
		return v
	}
	return "?"
}

// The Rego document of the advice.
const (
	rulePackage = "aksnetlint.lib.advise"
	ruleSet     = "advice"
)

// modes are the ways in the order of the table.
var modes = []string{"kubenet", "node-subnet", "pod-subnet-dynamic", "pod-subnet-static", "overlay", "none"}

// Clusters asks for advice on each cluster below the paths. The error is for
// what concerns the job as a whole.
func Clusters(ctx context.Context, opts linter.Options, paths ...string) ([]Cluster, *linter.Report, error) {
	found, report, err := linter.Clusters(ctx, opts, paths...)
	if err != nil {
		return nil, nil, err
	}
	clusters := []Cluster{}
	for _, c := range found {
		statements, err := c.Ask(ctx, rulePackage, ruleSet)
		if err != nil {
			return nil, nil, err
		}
		said := read(statements)
		if len(c.When) == 0 {
			clusters = append(clusters, said.cluster(c))
			continue
		}
		i := slices.IndexFunc(clusters, func(base Cluster) bool {
			return base.File == c.File && base.Deployment == c.Deployment && base.Name == c.Name
		})
		if i < 0 {
			// The cluster is there for these parameter values only.
			clusters = append(clusters, said.cluster(c))
			i = len(clusters) - 1
		}
		clusters[i].allow(said.cell("mode", "", ""), c.When)
	}
	return clusters, report, nil
}

// allow notes that the template can take a way, once for each way.
func (c *Cluster) allow(mode Cell, when []linter.Condition) {
	name, known := mode.Value.(string)
	if !known || mode == c.Current || slices.ContainsFunc(c.Allowed, func(a Allowed) bool { return a.Mode == name }) {
		return
	}
	c.Allowed = append(c.Allowed, Allowed{name, when})
}

// key names a cell.
type key struct{ about, mode, subnet string }

// said is what Rego says of one cluster.
type said struct {
	cells   map[key][]linter.Statement
	missing []linter.Missing
}

// read sorts the statements by what they are about.
func read(statements []linter.Statement) *said {
	s := &said{cells: map[key][]linter.Statement{}}
	for _, statement := range statements {
		fields, ok := statement.Value.(map[string]any)
		if !ok {
			continue
		}
		k := key{text(fields["about"]), text(fields["mode"]), text(fields["subnet"])}
		statement.Value = fields["value"]
		s.cells[k] = append(s.cells[k], statement)
		for _, m := range statement.Missing {
			if !slices.Contains(s.missing, m) {
				s.missing = append(s.missing, m)
			}
		}
	}
	slices.SortFunc(s.missing, func(a, b linter.Missing) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Expression, b.Expression))
	})
	return s
}

func text(v any) string {
	t, _ := v.(string)
	return t
}

// cell is the one value of a cell, nil where it is not certain.
func (s *said) cell(about, mode, subnet string) Cell {
	statements := s.cells[key{about, mode, subnet}]
	if len(statements) == 1 && statements[0].Certain {
		return Cell{statements[0].Value}
	}
	return Cell{}
}

// texts are the certain texts of a cell that has several, in order.
func (s *said) texts(about, mode string) []string {
	list := []string{}
	for _, statement := range s.cells[key{about, mode, ""}] {
		if t := text(statement.Value); statement.Certain && t != "" {
			list = append(list, t)
		}
	}
	slices.Sort(list)
	return list
}

// cluster puts what is said of a cluster in order.
func (s *said) cluster(c linter.Cluster) Cluster {
	out := Cluster{
		File: c.File, Name: c.Name, Deployment: c.Deployment, Current: s.cell("mode", "", ""),
		Plans: []Plan{}, Notes: s.texts("note", ""), Cilium: s.cell("cilium", "", ""), Subnets: s.subnets(), Recommended: s.texts("recommend", ""), Missing: s.missing,
	}
	for _, mode := range modes {
		out.Plans = append(out.Plans, s.plan(mode))
	}
	return out
}

func (s *said) plan(mode string) Plan {
	p := Plan{
		Mode: mode, Title: s.cell("title", mode, "").String(), Reach: s.cell("reach", mode, "").String(),
		Nodes: s.addresses("nodes", mode), Needs: s.cell("needs", mode, ""), Against: s.texts("against", mode),
		Move: s.cell("move", mode, ""),
	}
	if strings.HasPrefix(mode, "pod-subnet") {
		pods := s.addresses("pods", mode)
		p.Pods = &pods
	}
	for _, name := range s.names("room", mode) {
		cell := s.cell("room", mode, name)
		room := Room{Subnet: name}
		if fields, ok := cell.Value.(map[string]any); ok {
			room.Range, room.WouldDo = text(fields["range"]), text(fields["would_do"])
			room.Needed, room.Has, room.Fits = Cell{fields["needed"]}, Cell{fields["has"]}, Cell{fields["fits"]}
		}
		p.Rooms = append(p.Rooms, room)
	}
	return p
}

func (s *said) addresses(about, mode string) Addresses {
	return Addresses{s.cell(about+"_now", mode, ""), s.cell(about+"_full", mode, ""), s.cell(about+"_upgrade", mode, "")}
}

// names are the subnets that cells of a mode speak of, sorted.
func (s *said) names(about, mode string) []string {
	var names []string
	for k := range s.cells {
		if k.about == about && k.mode == mode {
			names = append(names, k.subnet)
		}
	}
	slices.Sort(names)
	return names
}

func (s *said) subnets() []Subnet {
	subnets := []Subnet{}
	for _, name := range s.names("subnet", "") {
		subnet := Subnet{Name: name}
		if fields, ok := s.cell("subnet", "", name).Value.(map[string]any); ok {
			subnet.Range, subnet.Has, subnet.Needed = text(fields["range"]), Cell{fields["has"]}, Cell{fields["needed"]}
		}
		subnets = append(subnets, subnet)
	}
	return subnets
}
