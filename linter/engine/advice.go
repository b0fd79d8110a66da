package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/open-policy-agent/opa/v1/ast"
)

// adviseOn words the errors of OPA's compiler that say too little or too much
// for an author of rules; "" leaves the error as it is.
func adviseOn(e *ast.Error) string {
	if detail, ok := e.Details.(*ast.RefErrInvalidDetail); ok && len(detail.OneOf) > 0 && detail.Pos < len(detail.Ref) {
		return unknownProperty(detail)
	}
	if name, ok := strings.CutPrefix(e.Message, "undefined function "); ok && isRefused(name) {
		return fmt.Sprintf("%s is not available to rules: they see their input and nothing else (no network, clock, randomness, environment or files)", name)
	}
	return ""
}

// maxListed bounds the names that a message lists.
const maxListed = 40

func unknownProperty(d *ast.RefErrInvalidDetail) string {
	name, _ := d.Ref[d.Pos].Value.(ast.String)
	known := make([]string, 0, len(d.OneOf))
	for _, v := range d.OneOf {
		if s, ok := v.(ast.String); ok {
			known = append(known, string(s))
		}
	}
	slices.Sort(known)
	message := fmt.Sprintf("%s: %s has no %q", d.Ref[:d.Pos+1], d.Ref[:d.Pos], string(name))
	message += didYouMean(string(name), known)
	listed := known[:min(len(known), maxListed)]
	message += "; it has: " + strings.Join(listed, ", ")
	if more := len(known) - len(listed); more > 0 {
		message += fmt.Sprintf(" and %d more", more)
	}
	return message
}

// isRefused says whether a name is one of OPA's built-ins that rules may not
// call.
func isRefused(name string) bool {
	return slices.ContainsFunc(ast.CapabilitiesForThisVersion().Builtins, func(b *ast.Builtin) bool { return b.Name == name })
}

func didYouMean(name string, known []string) string {
	best, distance := "", 1+len(name)/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(k)); d <= distance && (best == "" || d < distance) {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", best)
}

// coreKinds are the kinds of the Kubernetes core group (API v1), of which
// there will hardly be more.
var coreKinds = []string{
	"ConfigMap", "Endpoints", "Event", "LimitRange", "List", "Namespace", "Node", "PersistentVolume",
	"PersistentVolumeClaim", "Pod", "PodTemplate", "ReplicationController", "ResourceQuota", "Secret",
	"Service", "ServiceAccount", "Binding", "ComponentStatus",
}

// knownKinds are kinds of groups, and resource types, that rules are likely to
// name; others are taken as they are unless they look like one of these.
var knownKinds = []string{
	"apps/DaemonSet", "apps/Deployment", "apps/ReplicaSet", "apps/StatefulSet", "batch/CronJob", "batch/Job",
	"autoscaling/HorizontalPodAutoscaler", "policy/PodDisruptionBudget",
	"networking.k8s.io/Ingress", "networking.k8s.io/IngressClass", "networking.k8s.io/NetworkPolicy",
	"gateway.networking.k8s.io/Gateway", "gateway.networking.k8s.io/GatewayClass", "gateway.networking.k8s.io/HTTPRoute",
	"approuting.kubernetes.azure.com/NginxIngressController", "helm/values",
	"Microsoft.ContainerService/managedClusters", "Microsoft.ContainerService/managedClusters/agentPools",
	"Microsoft.ContainerRegistry/registries", "Microsoft.KeyVault/vaults",
	"Microsoft.Network/applicationGateways", "Microsoft.Network/azureFirewalls", "Microsoft.Network/loadBalancers",
	"Microsoft.Network/natGateways", "Microsoft.Network/networkInterfaces", "Microsoft.Network/networkSecurityGroups",
	"Microsoft.Network/networkSecurityGroups/securityRules", "Microsoft.Network/privateDnsZones",
	"Microsoft.Network/privateEndpoints", "Microsoft.Network/publicIPAddresses", "Microsoft.Network/publicIPPrefixes",
	"Microsoft.Network/routeTables", "Microsoft.Network/routeTables/routes", "Microsoft.Network/virtualNetworks",
	"Microsoft.Network/virtualNetworks/subnets", "Microsoft.ServiceNetworking/trafficControllers",
}

// maxTypo is the edit distance within which a target is taken for a slip.
const maxTypo = 2

// adviseOnTarget says what is wrong with a target that cannot be, or that is
// one slip away from a known one; "" where it stands.
func adviseOnTarget(target string) string {
	known := knownKinds
	if target == EveryKind {
		return ""
	}
	if !strings.Contains(target, "/") {
		if slices.Contains(coreKinds, target) {
			return ""
		}
		if advice := didYouMean(target, slices.Concat(coreKinds, knownKinds)); advice != "" {
			return advice
		}
		for _, k := range knownKinds {
			if strings.HasSuffix(k, "/"+target) {
				return fmt.Sprintf(", did you mean %q?", k)
			}
		}
		return ": the core group has no such kind; write others as group/Kind"
	}
	for _, k := range known {
		if strings.EqualFold(k, target) {
			return ""
		}
	}
	for _, k := range known {
		if levenshtein.ComputeDistance(strings.ToLower(k), strings.ToLower(target)) <= maxTypo {
			return fmt.Sprintf(", did you mean %q?", k)
		}
	}
	return ""
}
