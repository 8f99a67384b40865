"""The engine rules by id: how bad, what is wrong, and what to draw instead, in both languages.

`{name}` is the element as the reader sees it; `{detail}` is filled in by the check.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_NODES = 300
MAX_FLOWS = 1_500


@dataclass(frozen=True)
class Rule:
    """One rule of the deploy lint."""

    severity: str
    zh: str
    en: str


def _error(zh: str, en: str) -> Rule:
    return Rule("error", zh, en)


def _warning(zh: str, en: str) -> Rule:
    return Rule("warning", zh, en)


RULES: dict[str, Rule] = {
    "E01": _error(
        "文件不能安全读取：{detail}。请用 BPMN 编辑器重新保存后上传。",
        "The file cannot be read safely: {detail}. Save it again with a BPMN editor.",
    ),
    "E02": _error(
        "文件含有 DOCTYPE，可能夹带外部实体。请删去 DOCTYPE 声明。",
        "The file has a DOCTYPE, which may pull in other files. Remove the DOCTYPE.",
    ),
    "E03": _error(
        f"流程图有 {{detail}} 个节点，超过 {MAX_NODES} 个。请把一段流程移到调用活动或副流程。",
        f"The diagram has {{detail}} nodes, more than {MAX_NODES}. "
        "Move a part of it into a call activity or a side process.",
    ),
    "E04": _error(
        "“{name}”是不支持的元素（{detail}）。"
        "请用用户任务、脚本任务、排他或并行网关、子流程、调用活动或事件来画；"
        "决策表用脚本任务写操作名。",
        "{name} is an element that is not executed ({detail}). Use user and script tasks, "
        "exclusive and parallel gateways, sub-processes, call activities or events; "
        "for a decision table, name its operation in a script task.",
    ),
    "E05": _error(
        "“{name}”是包容网关，汇合结果不可靠。请改用并行网关，每个分支先用排他网关决定是否跳过。",
        "{name} is an inclusive gateway, whose join is not reliable. Use a parallel gateway "
        "with an exclusive gateway at the head of each branch that may be skipped.",
    ),
    "E06": _error(
        "“{name}”是复杂网关。请用排他网关和并行网关画出同样的意思。",
        "{name} is a complex gateway. Draw the same with exclusive and parallel gateways.",
    ),
    "E07": _error(
        "“{name}”是链接事件，执行到此流程会提前结束。请用顺序流直接相连。",
        "{name} is a link event: the process would end there. Connect with a sequence flow.",
    ),
    "E08": _error(
        "“{name}”是信号结束事件，信号不会发出。请在普通结束事件前放一个信号抛出事件。",
        "{name} is a signal end event, which sends nothing. "
        "Put a signal throw event before a plain end event.",
    ),
    "E09": _error(
        "“{name}”使用了补偿，补偿不会执行。请画出更正的任务，或用副流程。",
        "{name} uses compensation, which is not executed. "
        "Draw the corrective task, or use a side process.",
    ),
    "E10": _error(
        "流向“{name}”从{detail}引出却带条件，条件不起作用。请在后面加一个排他网关，把条件写在网关的流向上。",
        "Flow {name} leaves {detail} with a condition, which is ignored. "
        "Add an exclusive gateway and put the condition on its flows.",
    ),
    "E11": _error(
        "错误结束事件“{name}”没有人接住，流程会照常继续。请在外层子流程的边上加同一错误的边界事件。",
        "Nothing catches the error end event {name}, so the process would go on as normal. "
        "Put a boundary event for this error on the sub-process around it.",
    ),
    "E12": _error(
        "“{name}”是事件子流程，不能正确执行。请改为副流程，由命令启动。",
        "{name} is an event sub-process, which does not run correctly. "
        "Make it a side process that a command starts.",
    ),
    "E13": _error(
        "“{name}”是临时（ad hoc）子流程，不能执行。请改为副流程，由命令启动。",
        "{name} is an ad-hoc sub-process, which cannot run. "
        "Make it a side process that a command starts.",
    ),
    "E14": _error(
        "“{name}”是不中断的信号边界事件，只会触发一次。请改为中断的事件，或用副流程。",
        "{name} is a non-interrupting signal event and fires only once. "
        "Make it interrupting, or use a side process.",
    ),
    "E15": _error(
        "事件网关“{name}”后有 {detail} 个计时器，第二个不会按时触发。请只留一个计时器。",
        "Event gateway {name} has {detail} timers; the second never fires on time. Keep one.",
    ),
    "E16": _error(
        "并行网关“{name}”在循环上，汇合会出错。请把并行的一段放进一个嵌入子流程。",
        "Parallel gateway {name} lies on a cycle, where its join fails. "
        "Wrap the parallel block in an embedded sub-process.",
    ),
    "E17": _error(
        "经过“{name}”的循环里没有等待人或期限的地方，会空转。请在循环里放一个用户任务或期限。",
        "The cycle through {name} waits for nobody and would run for ever. "
        "Put a user task or a clock into it.",
    ),
    "E18": _error(
        "“{name}”的多实例写了完成条件，条件只看得到最后一份数据。"
        "表决请在程序的讨论记录里计票，不在流程图里。",
        "{name} has a completion condition, which sees only the last copy. "
        "Votes are counted in the record of the discussion, not in the diagram.",
    ),
    "E19": _error(
        "“{name}”的多实例读写集合（{detail}），不支持。请写固定个数 loopCardinality。",
        "{name} repeats over a collection ({detail}), which is not supported. "
        "Give a fixed number in loopCardinality.",
    ),
    "E20": _error(
        "“{name}”有标准循环标记。请用排他网关和回流画出循环。",
        "{name} has a standard loop marker. Draw the loop with an exclusive gateway.",
    ),
    "E21": _error(
        "流向“{name}”的条件不能用：{detail}。"
        '只能比较流转变量，如 outcome == "agree"，或附加表单字段 extra.表单.字段。',
        "The condition on {name} cannot be used: {detail}. Compare routing variables, "
        'such as outcome == "agree", or fields of extra forms, extra.form.field.',
    ),
    "E22": _error(
        "计时器“{name}”没有写期限代码（现为：{detail}）。请在时长里写流程包的期限，如 CLK_STATE。",
        "Timer {name} names no clock (found: {detail}). "
        "Write a clock of the pack in its duration, such as CLK_STATE.",
    ),
    "E23": _error(
        "从“{name}”引出 {detail} 条流向，是隐含的分支。请加一个排他网关或并行网关。",
        "{detail} flows leave {name}: an implicit split. Add an exclusive or parallel gateway.",
    ),
    "E24": _error(
        "排他网关“{name}”：{detail}。请给每条流向写条件，或设为默认流向。",
        "Exclusive gateway {name}: {detail}. Give each flow a condition or make it the default.",
    ),
    "E25": _error(
        "“{name}”是数据存储，流程不读写它。案件数据在表单和记录里，请删去。",
        "{name} is a data store, which the process cannot use. "
        "Data of a case live in forms and the record: remove it.",
    ),
    "E26": _warning(
        "“{name}”是数据对象或数据关联，只作图示，不会执行。",
        "{name} is a data object or association: drawn for the reader, never executed.",
    ),
    "E27": _error(
        "“{name}”：{detail}。每个流程和子流程要有且只有一个普通开始事件，流程由命令启动。",
        "{name}: {detail}. Each process and sub-process needs exactly one plain start event; "
        "commands start processes.",
    ),
    "E28": _error(
        "“{name}”没有结束事件，永远不会办结。请加上结束事件。",
        "{name} has no end event and would never end. Add one.",
    ),
    "E29": _error(
        "流向“{name}”的一端不存在，或跨越了子流程的边界。请在同一流程内连接。",
        "Flow {name} has an end that is missing or lies across a sub-process border. "
        "Connect inside one process.",
    ),
    "E30": _error(
        "标识 {detail} 用了不止一次或没有填。请给每个元素不同的标识。",
        "The id {detail} is used twice or is empty. Give each element its own id.",
    ),
    "E31": _error(
        "“{name}”没有写已登记的操作名（现为：{detail}）。"
        "脚本任务的脚本、服务任务的 implementation 只写一个操作名，如 start_clock。",
        "{name} names no registered operation (found: {detail}). The script of a script task, or "
        "the implementation of a service task, is just an operation name such as start_clock.",
    ),
    "E32": _error(
        "调用活动“{name}”没有写被调用的流程（calledElement）。",
        "Call activity {name} does not say which process it calls (calledElement).",
    ),
    "E33": _error(
        "事件网关“{name}”：{detail}。它后面要直接接两个以上的捕获事件，这些事件不能另有来路。",
        "Event gateway {name}: {detail}. It needs two or more catch events directly behind it, "
        "which nothing else leads to.",
    ),
    "E34": _error(
        "“{name}”与“{detail}”之间有两条流向，汇合会提前。请只留一条，或在一条上放一个任务。",
        "Two flows run from {name} to {detail}, so a join would open early. "
        "Keep one, or put a task on the other.",
    ),
    "E35": _error(
        "事件“{name}”的类型不能用：{detail}。"
        "可用：计时（期限）、消息、信号、错误、升级、终止，各在其适用的位置。",
        "Event {name} cannot be used: {detail}. Available are clock timers, messages, signals, "
        "errors, escalations and terminate, each in its place.",
    ),
    "E36": _error(
        "边界事件“{name}”：{detail}。它要附着在任务、子流程或调用活动上，并有一条引出的流向。",
        "Boundary event {name}: {detail}. It sits on a task, sub-process or call activity "
        "and has one flow out.",
    ),
    "E37": _error(
        "“{name}”没有指明消息或信号。请选一个有名称的消息或信号。",
        "{name} does not say which message or signal. Choose one that has a name.",
    ),
    "E38": _error(
        "网关“{name}”的默认流向 {detail} 不从它引出。请重新设置默认流向。",
        "The default flow {detail} of gateway {name} does not leave it. Set the default again.",
    ),
    "E39": _error(
        "从开始事件走不到“{name}”，它永远不会执行。请连上或删去。",
        "{name} cannot be reached from the start event and would never run. Connect or remove it.",
    ),
    "E40": _error(
        "“{name}”之后没有流向，流程到此停住。请连到下一步或结束事件。",
        "Nothing follows {name}: the process would stop there. "
        "Connect it to the next step or to an end event.",
    ),
    "E41": _error(
        "“{name}”：{detail}。开始事件不能有来路，结束事件不能有去路。",
        "{name}: {detail}. A start event has no flow in, an end event no flow out.",
    ),
    "E42": _error(
        "“{name}”的多实例个数不能用：{detail}。请写整数或一个整数的流转变量。",
        "The number of copies of {name} cannot be used: {detail}. "
        "Write a whole number or a routing variable that holds one.",
    ),
    "E43": _error(
        "标识 {detail} 是引擎保留的。请换一个标识，如 start_lead。",
        "The id {detail} is reserved by the engine. Choose another, such as start_lead.",
    ),
    "E45": _error(
        "调用活动“{name}”会再次调用自己所在的流程，没有尽头。请用回流画出重复的步骤。",
        "Call activity {name} calls its own process again without end. "
        "Draw repeated steps with a flow back.",
    ),
    "E44": _warning(
        "“{name}”是不中断的边界事件，每次停留只触发一次。",
        "{name} is a non-interrupting event: it fires once each time its task is reached.",
    ),
}
