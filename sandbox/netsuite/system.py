"""What the account tells about itself: its time, its limits, and who a token stands for."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from sandbox.netsuite.account import Account
from sandbox.netsuite.errors import Refusal

# Oracle help article_0528010158 and article_0625010817 give these addresses.
SYSTEM = "/services/rest/system/v1"
# The RESTlet domain's address of this name; JSON keys are an assumption (see ASSUMPTIONS.md).
WHO = "/rest/tokeninfo"
_ROLE_ID = 1001


class SystemServices:
    """Answers questions about one account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    async def server_time(self, request: Request) -> Response:
        """The account's clock in UTC; needs no permission."""
        del request
        now = self._account.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return _json({"serverTime": now})

    async def governance_limits(self, request: Request) -> Response:
        """The limit of requests at once. Refused to all but administrators."""
        del request
        if not self._account.role.administrator:
            raise Refusal(
                403,
                "INSUFFICIENT_PERMISSION",
                "Permission Violation: this operation is open to administrators only.",
            )
        limit = self._account.governor.limit
        return _json(
            {
                "accountConcurrencyLimit": limit,
                "accountUnallocatedConcurrencyLimit": limit,
                "integrationLimitType": "accountLimit",
            }
        )

    async def token_info(self, request: Request) -> Response:
        """Company and role behind the credentials of the request."""
        del request
        realm = self._account.account_id.replace("-", "_").upper()
        administrator = self._account.role.administrator
        return _json(
            {
                "companyId": realm,
                "companyName": "Sandbox company",
                "roleId": 3 if administrator else _ROLE_ID,
                "roleName": "Administrator" if administrator else "Integration",
                "userName": "Sandbox integration",
            }
        )


def _json(body: dict[str, object]) -> Response:
    return Response(json.dumps(body), media_type="application/json")
