package linter_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// decidedService is a Service and what the Azure cloud controller decides on it.
type decidedService struct {
	ID       string `json:"id"`
	Manifest string `json:"manifest"`
	Oracle   struct {
		Managed  bool             `json:"managed_by_ccm"`
		Decision serviceDecisions `json:"decision"`
	} `json:"oracle"`
}

// serviceDecisions are the decisions on access, probes, ports and private link
// services.
type serviceDecisions struct {
	Internal           bool     `json:"is_internal"`
	SourceRanges       []string `json:"source_ranges_valid"`
	InvalidRanges      []string `json:"source_ranges_invalid"`
	AllowedRanges      []string `json:"allowed_ip_ranges_valid"`
	InvalidAllowed     []string `json:"allowed_ip_ranges_invalid"`
	Tags               []string `json:"service_tags"`
	AllowFromInternet  bool     `json:"allow_from_internet"`
	DenyAllExcept      bool     `json:"deny_all_except_source_ranges"`
	SecurityRulesOff   bool     `json:"disable_nsg_rule"`
	HAPortsAnnotation  bool     `json:"ha_ports_annotation"`
	AdditionalIPsError string   `json:"additional_public_ips_error"`
	PLS                bool     `json:"pls_enabled"`
	PLSErrors          []string `json:"pls_errors"`
	Probes             []struct {
		Error    string `json:"error"`
		Protocol string `json:"protocol"`
	} `json:"probes"`
	Ensure struct {
		Error   string `json:"error"`
		HAPorts bool   `json:"ha_ports"`
	} `json:"ensure"`
}

// controllerRefuses are the rules whose errors say that the controller stops.
var controllerRefuses = []string{
	"source-ranges-conflict", "invalid-additional-public-ip", "probe-bounds", "probe-port-unknown",
	"idle-timeout-range", "sctp", "pls-needs-internal", "pls-ipv6",
}

// TestControllerDecisions compares the verdicts of the rules with the decisions
// of the real controller, in the file that AKSNETLINT_ORACLE/controller.jsonl
// holds: what the one refuses, restricts or ignores the other must say.
func TestControllerDecisions(t *testing.T) {
	oracle := os.Getenv("AKSNETLINT_ORACLE")
	if oracle == "" {
		t.Skip("AKSNETLINT_ORACLE is not set")
	}
	for _, row := range readRows[decidedService](t, filepath.Join(oracle, "controller.jsonl")) {
		t.Run(row.ID, func(t *testing.T) {
			t.Parallel()
			found := judgeManifest(t, row.Manifest)
			if !row.Oracle.Managed {
				for _, f := range found {
					if f.Severity == engine.Error && slices.Contains(controllerRefuses, f.Rule) {
						t.Errorf("the controller passes the Service over, yet: %s: %s", f.Rule, f.Message)
					}
				}
				return
			}
			compareErrors(t, row.Oracle.Decision, found)
			for rule, want := range expectedVerdicts(row) {
				if got := slices.ContainsFunc(found, func(f linter.Finding) bool { return f.Rule == rule }); got != want {
					t.Errorf("%s: found %v, the decisions say %v", rule, got, want)
				}
			}
		})
	}
}

// compareErrors wants an error of the linter for each error of the controller
// that does not hang on what Azure holds, and none where there is no error.
func compareErrors(t *testing.T, d serviceDecisions, found []linter.Finding) {
	t.Helper()
	refused := slices.ContainsFunc(found, func(f linter.Finding) bool {
		return f.Severity == engine.Error && slices.Contains(controllerRefuses, f.Rule)
	})
	if refused && d.Ensure.Error == "" {
		t.Errorf("the controller accepts the Service, the linter says that it stops: %v", found)
	}
	offline := !strings.Contains(d.Ensure.Error, "cannot find public IP")
	if d.Ensure.Error != "" && offline && !slices.ContainsFunc(found, isServiceError) {
		t.Errorf("the controller stops with %q, the linter finds no error", d.Ensure.Error)
	}
}

// isServiceError leaves out the errors that say no more than that the load
// balancer is public.
func isServiceError(f linter.Finding) bool {
	return f.Severity == engine.Error && f.Rule != "public-load-balancer" && f.Rule != "internal-annotation-value"
}

// expectedVerdicts are the rules that must have a finding, and those that must not.
func expectedVerdicts(row decidedService) map[string]bool {
	d := row.Oracle.Decision
	ranges := len(d.SourceRanges) + len(d.AllowedRanges)
	invalid := len(d.InvalidRanges) + len(d.InvalidAllowed)
	namedTags := slices.ContainsFunc(d.Tags, func(tag string) bool { return tag != "" })
	want := map[string]bool{
		"invalid-allowed-range":           invalid > 0 || slices.Contains(d.Tags, ""),
		"source-ranges-conflict":          len(d.SourceRanges) > 0 && len(d.AllowedRanges) > 0,
		"source-ranges-with-service-tags": len(d.SourceRanges) > 0 && namedTags,
		"deny-all-except-without-ranges":  enabledIn(row.Manifest, "azure-deny-all-except-load-balancer-source-ranges") && ranges+invalid == 0,
		"public-without-ranges":           !d.Internal && d.AllowFromInternet && ranges == 0 && !d.SecurityRulesOff,
		"invalid-additional-public-ip":    d.AdditionalIPsError != "",
	}
	if d.Ensure.Error == "" {
		want["ha-ports-on-public"] = d.HAPortsAnnotation && !d.Ensure.HAPorts
	}
	if !d.DenyAllExcept && d.Internal && ranges > 0 && !d.AllowFromInternet {
		want["ranges-on-internal-do-not-block-vnet"] = true
	}
	if len(d.PLSErrors) > 0 || strings.Contains(d.Ensure.Error, "ipConfigCount") {
		want["pls-values"] = true
	}
	if d.PLS {
		want["pls-orphan"] = false
	}
	for _, probe := range d.Probes {
		if probe.Error != "" {
			want["probe-bounds"] = !strings.Contains(probe.Error, "health-probe_port")
			want["probe-port-unknown"] = !want["probe-bounds"]
		}
	}
	return want
}

// enabledIn says whether a manifest, in YAML or JSON, sets the annotation to true in any case.
func enabledIn(manifest, key string) bool {
	for line := range strings.Lines(manifest) {
		if _, value, ok := strings.Cut(line, key); ok {
			value = strings.ToLower(strings.Trim(value, "\": '\n\r"))
			return value == "true"
		}
	}
	return false
}

// judgeManifest are the findings in one manifest.
func judgeManifest(t *testing.T, manifest string) []linter.Finding {
	t.Helper()
	path := filepath.Join(t.TempDir(), "service.yaml")
	if err := os.WriteFile(path, []byte(manifest), 0o644); err != nil {
		t.Fatal(err)
	}
	report, err := linter.Run(context.Background(), linter.Options{}, path)
	if err != nil {
		t.Fatal(err)
	}
	return report.Findings
}
