package linter

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/aksnetlint/aksnetlint/linter/config"
)

// setting is one of Options.Settings whose value has a form. Rules compare it
// with what they judge: a value of another form would make findings that are wrong,
// or silently none.
type setting struct {
	name, flag, want string
	fits             func(text string) bool
	// list is set where there may be several values.
	list bool
}

var formed = []setting{
	{name: "as_of", flag: "--as-of", want: "a date, YYYY-MM-DD", fits: isDate},
	{name: "kubernetes_version", flag: "--kubernetes-version", want: "a version like 1.32 or 1.32.4", fits: isVersion},
	{name: "ip_model", flag: "--ip-model", want: "rp, docs", fits: isIPModel},
	{name: "onprem_cidrs", flag: "--onprem-cidr", want: "an address range like 10.0.0.0/12", fits: isRange, list: true},
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

var versionForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^v?\d{1,4}\.\d{1,4}(\.\d{1,4})?$`) })

func isVersion(text string) bool { return versionForm().MatchString(text) }

func isIPModel(text string) bool { return text == "rp" || text == "docs" }

func isRange(text string) bool {
	_, err := netip.ParsePrefix(text)
	return err == nil
}

// checkSettings finds settings that are not of their form. The place is what an
// error names before the value: of a setting, and of one value where it is a list.
func checkSettings(settings map[string]any, place func(s setting, i int) string) error {
	var errs []error
	for _, s := range formed {
		v, given := settings[s.name]
		if !given {
			continue
		}
		for i, one := range s.values(v) {
			if text, ok := one.(string); !ok || !s.fits(text) {
				errs = append(errs, fmt.Errorf("%s %q: want %s", place(s, i), fmt.Sprint(one), s.want))
			}
		}
	}
	return errors.Join(errs...)
}

// values are those of a setting, each to be checked by itself.
func (s setting) values(v any) []any {
	if s.list {
		switch v := v.(type) {
		case []any:
			return v
		case []string:
			return anyList(v)
		}
		// Rules would see no range in a text that stands alone.
		return []any{fmt.Sprintf("%T", v)}
	}
	return []any{v}
}

func anyList(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// checkOptions finds values of the options that are not of their form.
func checkOptions(opts Options) error {
	return errors.Join(
		checkSettings(opts.Settings, func(s setting, _ int) string { return s.flag }),
		checkSubscription(opts.Subscription, "--subscription"),
	)
}

// checkValues is checkOptions for what a configuration says.
func checkValues(c *config.Config) error {
	place := func(s setting, i int) string {
		name := strings.ReplaceAll(s.name, "_", "-")
		return c.Place("settings", name, i) + ": " + name
	}
	return errors.Join(
		checkSettings(configSettings(c), place),
		checkSubscription(c.Target.Subscription, c.Place("target", "subscription")+": subscription"),
	)
}

var guid = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[[:xdigit:]]{8}(-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}$`)
})

// checkSubscription refuses what is no subscription id: resource ids hold no name of a
// subscription, so that one would belong to nothing.
func checkSubscription(id, place string) error {
	if id == "" || guid().MatchString(id) {
		return nil
	}
	return fmt.Errorf("%s %q: want the id of a subscription, a GUID", place, id)
}
