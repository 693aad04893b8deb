"""What secrets are, and where a text holds one (6.5)."""

from enum import Enum
from typing import Final

from attrs import field, frozen

from ticketrules.clauses import Text


class SecretKind(Enum):
    """What a secret is."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind
    ACCESS_KEY = "access_key"
    TOKEN = "token"  # noqa: S105
    PRIVATE_KEY = "private_key"
    VERIFICATION_CODE = "verification_code"
    ID_NUMBER = "id_number"
    PHONE_NUMBER = "phone_number"
    BANK_CARD = "bank_card"
    EMAIL_ADDRESS = "email_address"

    @property
    def text(self) -> Text:
        """What people call it."""
        return _NAMES[self]

    @property
    def is_credential(self) -> bool:
        """Whether it opens something; it is always masked then."""
        return self in _CREDENTIALS

    def __str__(self) -> str:
        return str(self.value)


_NAMES: Final = {
    SecretKind.PASSWORD: Text("a password", "密码"),
    SecretKind.ACCESS_KEY: Text("an access key", "访问密钥"),
    SecretKind.TOKEN: Text("a token", "令牌"),
    SecretKind.PRIVATE_KEY: Text("a private key", "私钥"),
    SecretKind.VERIFICATION_CODE: Text("a verification code", "验证码"),
    SecretKind.ID_NUMBER: Text("an ID number", "身份证号"),
    SecretKind.PHONE_NUMBER: Text("a phone number", "电话号码"),
    SecretKind.BANK_CARD: Text("a bank card's number", "银行卡号"),
    SecretKind.EMAIL_ADDRESS: Text("an e-mail address", "邮箱地址"),
}
_CREDENTIALS: Final = frozenset(
    {
        SecretKind.PASSWORD,
        SecretKind.ACCESS_KEY,
        SecretKind.TOKEN,
        SecretKind.PRIVATE_KEY,
        SecretKind.VERIFICATION_CODE,
    }
)


@frozen(order=True)
class Secret:
    """Where a text holds something that must not be shown; what it is, and never the thing itself.

    Attributes:
        start: The place of its first character.
        end: The place after its last.
        kind: What it is.
    """

    start: int
    end: int
    kind: SecretKind = field(order=False)
