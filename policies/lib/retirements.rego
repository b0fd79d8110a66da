# METADATA
# description: |
#   Dates from which AKS, or Azure, no longer supports a feature, with the source of each.
package aksnetlint.lib.retirements

# The last day of support, as YYYY-MM-DD; a feature is retired from that day on.
dates := {
	# AKS release notes: creation of clusters with a Basic load balancer is blocked.
	"basic-load-balancer-creation": "2025-03-31",
	# AKS release notes: Basic load balancer retired.
	"basic-load-balancer": "2025-09-30",
	# AKS release notes: availability sets retired together with the Basic load balancer.
	"availability-set": "2025-09-30",
	# AKS release notes: Windows Server 2019 node images.
	"windows-2019": "2026-03-01",
	# https://learn.microsoft.com/azure/aks/use-network-policies
	"azure-npm-windows": "2026-09-30",
	"azure-npm-linux": "2028-09-30",
	# https://learn.microsoft.com/azure/aks/configure-kubenet
	"kubenet": "2028-03-31",
	# https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
	"ingress-nginx": "2026-03-31",
	# https://learn.microsoft.com/azure/aks/app-routing: security patches until November 2026
	"app-routing-nginx": "2026-11-30",
}

# passed(name): the feature's date is reached at data.settings.as_of.
passed(name) if data.settings.as_of >= dates[name]

# phrase(name): "ends on DATE" or "ended on DATE", as of data.settings.as_of.
phrase(name) := sprintf("ended on %s", [dates[name]]) if passed(name)

phrase(name) := sprintf("ends on %s", [dates[name]]) if data.settings.as_of < dates[name]

# severity(name, before, after): the severity that fits data.settings.as_of.
severity(name, _, after) := after if passed(name)

severity(name, before, _) := before if data.settings.as_of < dates[name]
