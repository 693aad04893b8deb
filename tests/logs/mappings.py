"""Small mappings and logs to read with them."""

import io

from ticketrules.logs import Log, LogMapping, load_mapping, read_rows

TIME = """
[time]
format = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
"""

STATES = f"""
[log]
shape = "states"
missing = ["?"]
[columns]
ticket = "case"
at = "time"
state = "state"
agent = "agent"
{TIME}
[states.New]
[states.Active]
enter = ["accepted"]
[states.Active.enter_from]
Done = ["rejected", "accepted"]
[states."On Hold"]
enter = ["replied", {{ event = "escalated_to_platform", note = "held" }}]
leave = ["platform_returned"]
[states.Done]
enter = ["replied", "solution_proposed"]
stay = []
"""

ACTIVITIES = f"""
[log]
shape = "activities"
missing = ["?"]
[columns]
ticket = "case"
at = "time"
activity = "what"
author = "who"
text = "words"
{TIME}
[actors]
customer = "customer"
robot = "system"
"*" = "agent"
[activities]
opened = ["submitted"]
answered = ["replied"]
given = [{{ event = "dispatched", by = "platform", to = {{ column = "to" }}, online = false }}]
promised = [{{ event = "resolution_promised", promised_for = {{ column = "to" }} }}]
checked = [{{ event = "verified", checks = {{ column = "to" }} }}]
wrote = [{{ event = "customer_wrote", kind = {{ column = "to" }} }}]
closed = [{{ event = "closed", rating = {{ column = "to" }} }}]
viewed = []
"""

MESSAGES = f"""
[log]
shape = "messages"
[columns]
ticket = "case"
id = "id"
at = "time"
author = "who"
agent = "agent"
customer = "customer"
text = "words"
{TIME}
[actors]
"客户" = "customer"
"客服" = "agent"
"系统" = "system"
"""

CHINESE = f"""
[log]
shape = "messages"
[columns]
ticket = "工单"
at = "时间"
author = "发送方"
text = "内容"
{TIME}
[actors]
"客户" = "customer"
"客服" = "agent"
"""
CHINESE_HEADER = "工单,时间,发送方,内容\n"


def encoded(encoding: str) -> str:
    """The mapping of a log with Chinese headings in an encoding of its own."""
    return CHINESE.replace("[log]", f'[log]\nencoding = "{encoding}"')


def read(mapping: str | LogMapping, text: str) -> Log:
    """The log that a text is under a mapping."""
    if isinstance(mapping, str):
        mapping = load_mapping(mapping, "m.toml")
    return read_rows(io.StringIO(text), mapping, "log.csv")


def told(log: Log, ticket: str) -> list[str]:
    """A ticket's events as ``id name by HH:MM``, in UTC."""
    return [f"{event.id} {event.name} {event.by} {event.at:%H:%M}" for event in log.tickets[ticket]]


def adds_up(log: Log) -> bool:
    """Whether the account of the rows agrees with itself and with what was read."""
    intake = log.intake
    return (
        intake.rows == intake.mapped + intake.rejected
        and intake.rejected == len(intake.rejections)
        and intake.events == sum(map(len, log.tickets.values()))
        and intake.tickets == len(log.tickets)
        and all(log.tickets.values())
    )
